using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Custom_fields_reach_Intacct : CustomerRoadTest
{
    public override Task InitializeAsync()
    {
        foreach (var name in (string[])["CUSTOMER.REGION", "CUSTOMER.SEEN", "CUSTOMER.NOTE", "CONTACT.NICKNAME"])
            IntacctOptions.CustomFields.Add(name);
        IntacctOptions.CustomFieldTypes["CUSTOMER.REGION"] = "enum North|South";
        IntacctOptions.CustomFieldTypes["CUSTOMER.SEEN"] = "date";
        return base.InitializeAsync();
    }

    [Fact]
    public async Task A_field_of_an_organization_is_carried_changed_and_cleared()
    {
        await ConnectAsync(Carrying);
        var uid = MakeOrganization("Harbor", WithField("Area", "south"));
        await RestAsync();
        Assert.Equal("South", Customer(SageId(uid)!)["REGION"]);
        Assert.Empty(Customer(SageId(uid)!).GetValueOrDefault("SEEN", ""));

        Zuper.Screens.EditField(uid, "Last seen", "2026-02-03");
        await RestAsync();
        Assert.Equal(("South", "02/03/2026"), (Customer(SageId(uid)!)["REGION"], Customer(SageId(uid)!)["SEEN"]));

        Zuper.Screens.EditField(uid, "Area", "");
        await RestAsync();
        Assert.Equal(("", "02/03/2026"), (Customer(SageId(uid)!)["REGION"], Customer(SageId(uid)!)["SEEN"]));
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task What_has_not_changed_in_Zuper_is_not_written()
    {
        await ConnectAsync(Carrying);
        var uid = MakeOrganization("Harbor", WithField("Area", "South"));
        await RestAsync();
        Edit(SageId(uid)!, ("REGION", "North"), ("SEEN", "01/05/2026"));
        Zuper.Screens.EditField(uid, "Remark", "Ring twice");
        await RestAsync();
        var customer = Customer(SageId(uid)!);
        Assert.Equal(("North", "01/05/2026", "Ring twice"), (customer["REGION"], customer["SEEN"], customer["NOTE"]));
    }

    [Fact]
    public async Task A_map_that_is_new_writes_the_fields_at_the_next_look()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor", WithField("Area", "South"));
        await RestAsync();
        Assert.Empty(Customer(SageId(uid)!).GetValueOrDefault("REGION", ""));
        await SettingsAsync(Carrying);
        await RetryAsync(uid);
        Assert.Equal("South", Customer(SageId(uid)!)["REGION"]);
    }

    [Theory]
    [InlineData("Area", "East", "North, South")]
    [InlineData("Last seen", "soon", "2026-01-31")]
    public async Task A_value_that_the_field_does_not_take_needs_a_person_and_goes_on_once_it_is_mended(
        string label,
        string value,
        string takes
    )
    {
        await ConnectAsync(Carrying);
        var uid = MakeOrganization("Harbor", WithField(label, value));
        await RestAsync();
        var entry = await EntryAsync(uid);
        Assert.Equal((RecordState.NeedsAction, "custom-field-type"), (entry.State, entry.Problem?.Code));
        Assert.Contains($"'{label}' holds '{value}'", entry.Problem!.Message, StringComparison.Ordinal);
        Assert.Contains(takes, entry.Problem.Message, StringComparison.Ordinal);
        Assert.Empty(Customers);

        Zuper.Screens.EditField(uid, label, "");
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task A_field_that_Intacct_lacks_needs_a_person_and_a_retry_finds_it_once_it_is_made()
    {
        IntacctOptions.CustomFields.Remove("CUSTOMER.REGION");
        await ConnectAsync(Carrying);
        var uid = MakeOrganization("Harbor", WithField("Area", "South"));
        await RestAsync();
        var problem = (await EntryAsync(uid)).Problem;
        Assert.Equal("custom-field-unknown", problem?.Code);
        Assert.Contains("REGION", problem!.Message, StringComparison.Ordinal);
        IntacctOptions.CustomFields.Add("CUSTOMER.REGION");
        await RetryAsync(uid);
        Assert.Equal("South", Customer(SageId(uid)!)["REGION"]);
    }

    [Fact]
    public async Task A_customer_that_is_adopted_gets_what_Zuper_has_and_loses_nothing()
    {
        AddCustomer("C-1", "Harbor");
        Edit("C-1", ("REGION", "North"), ("NOTE", "Ours"));
        await ConnectAsync(s => Carrying(s) with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var uid = MakeOrganization("Harbor", WithField("Area", "South"));
        await RestAsync();
        Assert.Equal("C-1", SageId(uid));
        Assert.Equal(("South", "Ours"), (Customer("C-1")["REGION"], Customer("C-1")["NOTE"]));
        Zuper.Screens.EditField(uid, "Remark", "");
        await RestAsync();
        Assert.Equal("Ours", Customer("C-1")["NOTE"]);
    }

    [Fact]
    public async Task A_field_of_a_customer_goes_to_its_contact()
    {
        await ConnectCustomersAsync(Carrying);
        var organization = MakeOrganization("Harbor");
        var uid = MakeCustomer("Ana", "Reyes", organization, WithField("Called", "Annie"));
        await RestAsync();
        await AssertAttachedAsync(uid, organization);
        Assert.Equal("Annie", Contact(uid)["NICKNAME"]);
        Zuper.Screens.EditField(uid, "Called", "");
        await RestAsync();
        Assert.Equal("", Contact(uid)["NICKNAME"]);
    }

    [Fact]
    public async Task A_customer_without_an_organization_has_its_field_on_its_display_contact()
    {
        await ConnectCustomersAsync(Carrying);
        var uid = MakeCustomer("Ana", "Reyes", change: WithField("Called", "Annie"));
        await RestAsync();
        await AssertCarriedAsync(uid);
        Assert.Equal("Annie", Contact(uid)["NICKNAME"]);
        Zuper.Screens.EditField(uid, "Called", "Nan");
        await RestAsync();
        Assert.Equal("Nan", Contact(uid)["NICKNAME"]);
    }

    [Fact]
    public async Task Contacts_that_have_no_custom_field_need_a_person_and_that_is_said()
    {
        IntacctOptions.CustomFields.Remove("CONTACT.NICKNAME");
        await ConnectCustomersAsync(Carrying);
        var uid = MakeCustomer("Ana", "Reyes", MakeOrganization("Harbor"), WithField("Called", "Annie"));
        await RestAsync();
        var problem = (await ContactEntryAsync(uid)).Problem;
        Assert.Equal("custom-field-unknown", problem?.Code);
        Assert.Contains("contacts in Intacct have none", problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_and_an_explanation_name_the_fields_that_differ()
    {
        await ConnectCustomersAsync(s => Carrying(s) with { SyncProducts = false, SyncPayments = false });
        var organization = MakeOrganization("Harbor", WithField("Area", "south"));
        var customer = MakeCustomer("Ana", "Reyes", organization, WithField("Called", "Annie"));
        await RestAsync();
        Assert.Empty(await DifferencesAsync());

        Edit(SageId(organization)!, ("REGION", "North"));
        Intacct.Company.Edit("CONTACT", ContactId(customer)!, BooksTest.Fields(("NICKNAME", "Nan")));
        Zuper.WebhooksEnabled = false;
        Zuper.Screens.EditField(organization, "Last seen", "2026-02-03");
        Assert.Equal(
            [
                "customers NICKNAME changedByHand Annie Nan",
                "organizations REGION changedByHand South North",
                "organizations SEEN waiting 02/03/2026 ",
            ],
            (await DifferencesAsync()).Order(StringComparer.Ordinal)
        );
        var explained = await Process
            .Get<Explainer>()
            .ExplainAsync(await ConnectionAsync(), ZuperFlows.Organizations, organization, Forever);
        Assert.Equal(["REGION", "SEEN"], explained!.Differences.Select(d => d.Field));
        Assert.Equal("South", explained.Mapped!["REGION"]!.ToString());
    }

    /// <summary>Flow, field, cause and both values of each difference.</summary>
    private async Task<string[]> DifferencesAsync()
    {
        var run = await PassAsync(async () =>
        {
            var started = await Process
                .Get<Reconciliation>()
                .StartAsync(await ConnectionAsync(), new DateOnly(2026, 1, 1), null, null, tells: false, Forever);
            await Process.Get<LongRuns>().EndOfAsync(started.Run.RunId, Forever);
            return started.Run;
        });
        var differences = new List<string>();
        await foreach (var line in Process.Get<RunReports>().ReadAsync(Id, run.RunId, Forever))
        {
            var found = JsonNode.Parse(line)!;
            differences.Add($"{found["flow"]} {found["field"]} {found["cause"]} {found["source"]} {found["target"]}");
        }

        Assert.Equal(RunState.Done, (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!.State);
        return [.. differences];
    }

    private static ZuperConnectionSettings Carrying(ZuperConnectionSettings settings) =>
        settings with
        {
            CustomFields = new CustomFieldSettings
            {
                Organizations = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Area"] = "REGION",
                    ["Last seen"] = "SEEN",
                    ["Remark"] = "NOTE",
                },
                Customers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Called"] = "NICKNAME" },
            },
        };

    private void Edit(string customerId, params (string Field, string Value)[] fields) =>
        Intacct.Company.Edit(
            "CUSTOMER",
            customerId,
            fields.ToDictionary(f => f.Field, f => f.Value, StringComparer.Ordinal)
        );

    private async Task SettingsAsync(Func<ZuperConnectionSettings, ZuperConnectionSettings> change)
    {
        var connection = await ConnectionAsync();
        await Process.Get<ConnectionStore>().PutAsync(Id, change(connection.Zuper()), Forever);
    }

    private async Task RetryAsync(string uid)
    {
        var connection = await ConnectionAsync();
        await Process.Get<PersonRequests>().RetryAsync(connection, ZuperFlows.Organizations, uid, Forever);
        await RestAsync();
    }
}
