using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Counterparts_are_recognized_and_never_guessed : RoadTest
{
    [Theory]
    [InlineData("Harbor Dental Group")]
    [InlineData("  harbor DENTAL group ")]
    public async Task By_name_the_one_customer_of_that_name_is_taken_blanks_and_case_aside(string nameInIntacct)
    {
        AddCustomer("C-1", nameInIntacct, "old@harbor.example");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();

        var customer = Assert.Single(Customers);
        Assert.Equal("C-1", SageId(uid));
        Assert.Equal("Harbor Dental Group", customer["NAME"]);
        Assert.Equal("old@harbor.example", customer["DISPLAYCONTACT.EMAIL1"]);
        Assert.EndsWith("(CC-1)", customer["DISPLAYCONTACT.CONTACTNAME"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Birch  Motors", "Birch  Motors")]
    [InlineData("Birch Motors", "Birch\u00a0\u00a0MOTORS")]
    [InlineData("Birch\u00a0Motors", "\u00a0Birch Motors ")]
    [InlineData("Birch\u2003Motors", "  birch   Motors  ")]
    [InlineData("Caf\u00e9 Noir", "CAFE\u0301 Noir")]
    [InlineData("Cafe\u0301 Noir", "Caf\u00e9 Noir")]
    [InlineData("100% Clean", "100%  CLEAN")]
    public async Task By_name_blanks_case_and_unicode_form_matter_on_neither_side(string inZuper, string inIntacct)
    {
        AddCustomer("C-1", inIntacct, "");
        AddCustomer("C-2", inIntacct + " and Sons", "");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var uid = MakeOrganization(inZuper);
        await RestAsync();

        Assert.Equal(("C-1", 2), (SageId(uid), Customers.Count));
    }

    [Fact]
    public async Task Two_customers_whose_names_differ_in_blanks_alone_need_a_person_and_both_are_named()
    {
        AddCustomer("C-1", "Birch  Motors", "");
        AddCustomer("C-2", "Birch\u00a0Motors", "");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var uid = MakeOrganization("Birch Motors");
        await RestAsync();

        var problem = (await EntryAsync(uid)).Problem;
        Assert.Equal("customer-ambiguous", problem?.Code);
        Assert.Contains("C-1, C-2", problem!.Message, StringComparison.Ordinal);
        Assert.Equal(0, Intacct.Counters.Creates);
    }

    [Fact]
    public async Task Two_organizations_whose_names_differ_in_blanks_alone_never_share_a_customer()
    {
        AddCustomer("C-1", "Birch Motors", "");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var (one, two) = (MakeOrganization("Birch  Motors"), MakeOrganization("birch\u00a0motors"));
        await RestAsync();

        Assert.Equal("customer-contested", (await EntryAsync(one)).Problem?.Code);
        Assert.Equal("customer-contested", (await EntryAsync(two)).Problem?.Code);
    }

    [Fact]
    public async Task By_email_the_first_valid_address_of_the_field_decides_and_the_story_says_so()
    {
        AddCustomer("C-1", "Something Else", "AP@Harbor.example");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Email });
        var uid = MakeOrganization(
            "Harbor Dental Group",
            o => o["organization_email"] = "ap@harbor.example; cfo@harbor.example"
        );
        await RestAsync();

        Assert.Equal("C-1", SageId(uid));
        Assert.Equal("ap@harbor.example", Assert.Single(Customers)["DISPLAYCONTACT.EMAIL1"]);
        Assert.Contains((await EntryAsync(uid)).Timeline, t => t.What == "severalEmails");
    }

    [Fact]
    public async Task By_email_the_display_contacts_address_decides_in_any_case()
    {
        AddCustomer("C-1", "Something Else", "AP@Harbor.example");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Email });
        var uid = MakeOrganization("Harbor Dental Group", o => o["organization_email"] = "ap@harbor.example");
        MakeOrganization("No Address Co");
        await RestAsync();

        Assert.Equal("C-1", SageId(uid));
        Assert.Equal(2, Customers.Count);
    }

    [Fact]
    public async Task Two_customers_of_the_name_need_a_person_and_both_are_named()
    {
        AddCustomer("C-1", "Quayside Hotels", "");
        AddCustomer("C-2", "Quayside Hotels", "");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var uid = MakeOrganization("Quayside Hotels");
        await RestAsync();

        var problem = (await EntryAsync(uid)).Problem;
        Assert.Equal("customer-ambiguous", problem?.Code);
        Assert.Contains("C-1", problem!.Message, StringComparison.Ordinal);
        Assert.Contains("C-2", problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, Intacct.Counters.Creates);

        await LinkAsync(uid, "C-2");
        Assert.Equal("C-2", SageId(uid));
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task One_customer_for_two_organizations_goes_to_neither()
    {
        AddCustomer("C-1", "Quayside Hotels", "");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var (one, two) = (MakeOrganization("Quayside Hotels"), MakeOrganization("Quayside Hotels"));
        await RestAsync();

        Assert.Equal("customer-contested", (await EntryAsync(one)).Problem?.Code);
        Assert.Equal("customer-contested", (await EntryAsync(two)).Problem?.Code);
        Assert.Equal(0, Intacct.Counters.Creates + Intacct.Counters.Updates);
    }

    [Fact]
    public async Task A_customer_that_is_linked_already_is_no_candidate()
    {
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        MakeOrganization("Quayside Hotels");
        await RestAsync();
        MakeOrganization("Quayside Hotels");
        await RestAsync();

        Assert.Equal(2, Customers.Count);
    }

    [Fact]
    public async Task An_id_that_another_connector_left_is_adopted_after_checking_it()
    {
        AddCustomer("C-1", "Harbor Dental", "");
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group", WithSageId("C-1"));
        await RestAsync();

        Assert.Equal("Harbor Dental Group", Assert.Single(Customers)["NAME"]);
        Assert.Equal(("C-1", RecordState.Synced), ((await EntryAsync(uid)).TargetId, (await EntryAsync(uid)).State));
    }

    [Fact]
    public async Task An_id_that_exists_nowhere_needs_a_person()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group", WithSageId("C-404"));
        await RestAsync();

        Assert.Equal("sage-id-unknown", (await EntryAsync(uid)).Problem?.Code);
        Assert.Empty(Customers);
    }

    [Fact]
    public async Task A_copy_shows_itself_by_its_copied_id_and_gets_its_own_customer_once_that_is_cleared()
    {
        await ConnectAsync();
        var original = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        var copy = Zuper.Screens.Copy(original, o => o["organization_name"] = "Harbor Dental Group (copy)");
        await RestAsync();

        var problem = (await EntryAsync(copy)).Problem;
        Assert.Equal("sage-id-taken", problem?.Code);
        Assert.Contains("the record 'Harbor Dental Group'", problem!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(original, problem.Message, StringComparison.Ordinal);
        Assert.Single(Customers);

        Zuper.Screens.EditField(copy, "Sage Customer ID", "");
        await RestAsync();
        Assert.Equal(2, Customers.Count);
        Assert.NotEqual(SageId(original), SageId(copy));
    }

    [Fact]
    public async Task A_copy_that_comes_before_its_original_does_not_take_its_customer()
    {
        AddCustomer("C-1", "Harbor Dental", "");
        var original = MakeOrganization("Harbor Dental Group", WithSageId("C-1"));
        Clock.Advance(TimeSpan.FromDays(1));
        await ConnectAsync();
        var copy = Zuper.Screens.Copy(original, o => o["organization_name"] = "Harbor Dental Group (copy)");
        await RestAsync();
        var problem = (await EntryAsync(copy)).Problem;
        Assert.Equal("sage-id-taken", problem?.Code);
        Assert.Contains(original, problem!.Message, StringComparison.Ordinal);

        Zuper.Screens.Edit(original, o => o["organization_email"] = "ap@harbor.example");
        await RestAsync();
        Assert.Equal("C-1", (await EntryAsync(original)).TargetId);
        Assert.Equal("ap@harbor.example", Assert.Single(Customers)["DISPLAYCONTACT.EMAIL1"]);
    }

    [Fact]
    public async Task Two_connections_to_one_company_never_share_a_customer()
    {
        AddCustomer("C-1", "Quayside Hotels", "");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var key = new Core.Domain.SyncKey(ConnectionId.Parse("other"), ZuperFlows.Organizations, "someone");
        var settings = (await ConnectionAsync()).Zuper();
        await Process.Get<ConnectionStore>().PutAsync(key.Connection, settings, Forever);
        await Process
            .Get<Core.KeyMap.KeyMapStore>()
            .SaveAsync([new Core.KeyMap.KeyMapEntry { Key = key, TargetId = "C-1" }], Forever);
        var uid = MakeOrganization("Quayside Hotels");
        await RestAsync();

        Assert.Equal(2, Customers.Count);
        Assert.NotEqual("C-1", SageId(uid));
    }

    private async Task LinkAsync(string uid, string customerId)
    {
        var connection = await ConnectionAsync();
        await Process.Get<PersonRequests>().LinkAsync(connection, ZuperFlows.Organizations, uid, customerId, Forever);
        await RestAsync();
    }

    private void AddCustomer(string id, string name, string email) =>
        Intacct.Company.Add(
            "CUSTOMER",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["CUSTOMERID"] = id,
                ["NAME"] = name,
                ["DISPLAYCONTACT.PRINTAS"] = name,
                ["DISPLAYCONTACT.EMAIL1"] = email,
            }
        );

    private static Action<System.Text.Json.Nodes.JsonObject> WithSageId(string id) =>
        o =>
            o["custom_fields"] = new System.Text.Json.Nodes.JsonArray(
                new System.Text.Json.Nodes.JsonObject
                {
                    ["label"] = "Sage Customer ID",
                    ["value"] = id,
                    ["type"] = "SINGLE_LINE",
                }
            );
}
