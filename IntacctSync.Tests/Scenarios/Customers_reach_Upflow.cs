using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class Customers_reach_Upflow : ReceivablesRoadTest
{
    [Fact]
    public async Task A_customer_arrives_with_its_address_and_its_contacts()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor Dental Group", "ap@harbor.example");
        Intacct.Screens.AddContact("Ines Roy", "ines@harbor.example", "Ines", "Roy");
        Intacct.Screens.AddContact("No Mail");
        Intacct.Screens.AttachContact("C-1", "Sales", "Ines Roy");
        Intacct.Screens.AttachContact("C-1", "Billing", "No Mail");
        Intacct.Screens.EditContact(
            "Harbor Dental Group(CC-1)",
            Fields(
                ("MAILADDRESS.ADDRESS1", "12 Pier Rd"),
                ("MAILADDRESS.CITY", "Austin"),
                ("MAILADDRESS.STATE", "TX"),
                ("MAILADDRESS.ZIP", "78701"),
                ("MAILADDRESS.COUNTRY", "United States")
            )
        );
        await PollAsync();
        var customer = Customer("C-1");
        Assert.Equal(("Harbor Dental Group", "C-1"), ((string?)customer["name"], (string?)customer["accountingRef"]));
        Assert.Equal(
            "12 Pier Rd, 78701, Austin, TX, US",
            string.Join(
                ", ",
                ((string[])["address", "zipcode", "city", "state", "country"]).Select(f => customer["address"]![f])
            )
        );
        Assert.Equal(["ap@harbor.example*", "ines@harbor.example"], Emails("C-1"));
        Assert.Equal(
            ["ACCOUNTING", "SALES"],
            customer["contacts"]!.AsArray().Select(c => (string?)c!["position"]).Order(StringComparer.Ordinal)
        );
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Customers, "C-1")).State);
    }

    [Fact]
    public async Task A_change_arrives_and_no_change_writes_nothing()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        await PollAsync();
        Intacct.Screens.RenameCustomer("C-1", "Harbor Dental");
        await PollAsync();
        Assert.Equal("Harbor Dental", (string?)Customer("C-1")["name"]);
        var before = Writes;
        Clock.Advance(TimeSpan.FromHours(2));
        await PollAsync();
        await BackfillAsync(UpflowFlows.Customers);
        Assert.Equal(before, Writes);
    }

    [Fact]
    public async Task A_contact_that_changes_by_itself_arrives()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.AddContact("Ines Roy");
        Intacct.Screens.AttachContact("C-1", "Billing", "Ines Roy");
        await PollAsync();
        Assert.Equal(["ap@harbor.example*"], Emails("C-1"));
        Intacct.Screens.SetEmail("Ines Roy", "ines@harbor.example");
        await PollAsync();
        Assert.Equal(["ap@harbor.example*", "ines@harbor.example"], Emails("C-1"));
        Intacct.Screens.SetEmail("Ines Roy", "");
        Intacct.Screens.RenameContact("Harbor(CC-1)", "Harbor accounts");
        Intacct.Screens.SetEmail("Harbor accounts", "accounts@harbor.example");
        await PollAsync();
        Assert.Equal(["accounts@harbor.example*"], Emails("C-1"));
    }

    [Fact]
    public async Task The_contact_that_is_billed_is_the_main_one()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.AddContact("Ines Roy", "ines@harbor.example");
        Intacct.Screens.SetContacts("C-1", billTo: "Ines Roy");
        await PollAsync();
        Assert.Equal(["ines@harbor.example*", "ap@harbor.example"], Emails("C-1"));
    }

    [Fact]
    public async Task An_address_at_two_customers_goes_to_the_first_until_it_lets_go_of_it()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@shared.example");
        Intacct.Screens.AddCustomer("C-2", "Harbor North", "AP@Shared.example");
        await PollAsync();
        Assert.Equal(["ap@shared.example*"], Emails("C-1"));
        Assert.Empty(Emails("C-2"));
        Assert.Contains(
            "is that of a contact of C-1",
            await StoryAsync(UpflowFlows.Customers, "C-2"),
            StringComparison.Ordinal
        );
        Intacct.Screens.SetEmail("Harbor(CC-1)", "new@shared.example");
        await PollAsync();
        Assert.Equal(["new@shared.example*"], Emails("C-1"));
        Assert.Equal(["AP@Shared.example*"], Emails("C-2"));
    }

    [Fact]
    public async Task A_contact_that_Upflow_refuses_does_not_hold_up_its_customer()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Refuse("POST /v1/customers");
        Refuse("POST /v1/customers/{id}/contacts");
        await PollAsync();
        Assert.Empty(Emails("C-1"));
        var row = await RowAsync(UpflowFlows.Customers, "C-1");
        Assert.Equal(RecordState.Synced, row.State);
        Assert.Contains("Upflow refused the contact", row.Timeline[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_has_one_level_and_the_story_names_the_true_parent()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("TOP", "Group");
        Intacct.Screens.AddCustomer("MID", "Region", parent: "TOP");
        Intacct.Screens.AddCustomer("LOW", "Site", parent: "MID");
        await PollAsync();
        Assert.Equal((null, "TOP", "TOP"), (ParentOf("TOP"), ParentOf("MID"), ParentOf("LOW")));
        Assert.Contains(
            "Its parent in Intacct is MID",
            await StoryAsync(UpflowFlows.Customers, "LOW"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_group_that_moves_takes_those_below_it_along()
    {
        UpflowOptions.DeepParentsRefused = true;
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("TOP", "Group");
        Intacct.Screens.AddCustomer("LOW", "Site", parent: "TOP");
        Intacct.Screens.AddCustomer("NEW", "Holding");
        await PollAsync();
        Intacct.Screens.Reparent("TOP", "NEW");
        await PollAsync();
        Assert.Equal((null, "NEW", "NEW"), (ParentOf("NEW"), ParentOf("TOP"), ParentOf("LOW")));
        Intacct.Screens.Reparent("TOP", null);
        await PollAsync();
        Assert.Equal((null, null, "TOP"), (ParentOf("NEW"), ParentOf("TOP"), ParentOf("LOW")));
    }

    /// <summary>Nothing was stored of that write, so its row did not know of the contact.</summary>
    [Theory]
    [InlineData(UpflowFaults.ResetAfter)]
    [InlineData(UpflowFaults.TruncatedAnswer)]
    public async Task A_contact_that_went_with_a_write_without_an_answer_goes_when_Intacct_has_it_no_more(string fault)
    {
        UpflowOptions.UpsertReplaces = false;
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.AddContact("Ines Roy", "ines@harbor.example", "Ines", "Roy");
        Intacct.Screens.AttachContact("C-1", "Sales", "Ines Roy");
        Upflow.Faults.Add(new FaultRule { Fault = fault, Match = Fields(("route", "POST /v1/customers")) });
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process.Get<Poller>().TickAsync([UpflowFlows.Customers], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(RecordState.InDoubt, (await RowAsync(UpflowFlows.Customers, "C-1")).State);
        Assert.Equal(["ap@harbor.example*", "ines@harbor.example"], Emails("C-1"));

        Upflow.Faults.Clear();
        Intacct.Screens.DetachContacts("C-1");
        await PollAsync();
        Assert.Equal(["ap@harbor.example*"], Emails("C-1"));
    }

    /// <summary>It was waited for without an end, a reading in Intacct every five seconds.</summary>
    [Fact]
    public async Task One_that_stays_below_a_customer_that_gets_a_parent_is_named_and_not_waited_for()
    {
        UpflowOptions.DeepParentsRefused = true;
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("TOP", "Group");
        Intacct.Screens.AddCustomer("LOW", "Site", parent: "TOP");
        Intacct.Screens.AddCustomer("NEW", "Holding");
        await PollAsync();
        var requests = Process.Get<PersonRequests>();
        await requests.IgnoreAsync(await ConnectionAsync(), UpflowFlows.Customers, "LOW", null, Forever);
        Intacct.Screens.Reparent("TOP", "NEW");
        await PollAsync();
        var row = await RowAsync(UpflowFlows.Customers, "TOP");
        Assert.Equal((RecordState.NeedsAction, "upflow-child-stays"), (row.State, row.Problem?.Code));
        Assert.Contains("LOW stands below it", row.Problem!.Message, StringComparison.Ordinal);

        await requests.RetryAsync(await ConnectionAsync(), UpflowFlows.Customers, "LOW", Forever);
        await requests.RetryAsync(await ConnectionAsync(), UpflowFlows.Customers, "TOP", Forever);
        await PollAsync();
        Assert.Equal((null, "NEW", "NEW"), (ParentOf("NEW"), ParentOf("TOP"), ParentOf("LOW")));
    }

    [Fact]
    public async Task A_customer_that_is_inactive_or_deleted_is_kept()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor");
        Intacct.Screens.AddCustomer("C-2", "Closed");
        Intacct.Screens.Deactivate("C-2");
        await PollAsync();
        Intacct.Screens.Deactivate("C-1");
        await PollAsync();
        Assert.NotNull(Customer("C-1"));
        Assert.Null(Upflow.Screens.Record("customers", "C-2"));
        Assert.Contains(
            "It is inactive in Intacct",
            await StoryAsync(UpflowFlows.Customers, "C-1"),
            StringComparison.Ordinal
        );
        Assert.Equal(RecordState.Skipped, (await RowAsync(UpflowFlows.Customers, "C-2")).State);
    }

    [Fact]
    public async Task An_inactive_customer_is_carried_over_when_it_owes_something()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Closed");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.Deactivate("C-1");
        await PollAsync();
        Assert.NotNull(Invoice("INV-1"));
    }

    [Fact]
    public async Task Custom_fields_are_carried_by_the_map()
    {
        IntacctOptions.CustomFields.Add("CUSTOMER.REGION");
        await ConnectUpflowAsync(s => s with { CustomFields = new() { Customers = Fields(("REGION", "Region")) } });
        Intacct.Screens.AddCustomer("C-1", "Harbor");
        Intacct.Company.Edit("CUSTOMER", "C-1", Fields(("REGION", "South")));
        await PollAsync();
        Assert.Equal("South", (string?)Customer("C-1")["customFields"]![0]!["value"]);
    }

    [Fact]
    public async Task A_custom_field_that_is_nowhere_is_refused_by_its_name()
    {
        await ConnectUpflowAsync(s => s with { CustomFields = new() { Customers = Fields(("REGION", "Region")) } });
        Intacct.Screens.AddCustomer("C-1", "Harbor");
        await PollAsync();
        var row = await RowAsync(UpflowFlows.Customers, "C-1");
        Assert.Equal("upflow-custom-field-source", row.Problem?.Code);
        Assert.Contains("REGION", row.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_by_hand_changes_that_customer_and_makes_none()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor");
        await PollAsync();
        var linked = (string?)Customer("C-1")["id"];
        await ChangeSettingsAsync(s => s with { SyncCustomers = false });
        Intacct.Screens.AddCustomer("C-2", "Harbor North");
        await ChangeSettingsAsync(s => s with { SyncCustomers = true });
        await Process.Get<KeyMapStore>().SaveAsync([Unlinked(await RowAsync(UpflowFlows.Customers, "C-1"))], Forever);
        await Process
            .Get<PersonRequests>()
            .LinkAsync(await ConnectionAsync(), UpflowFlows.Customers, "C-2", linked!, Forever);
        await RestAsync();
        Assert.Equal("Harbor North", (string?)Customer("C-1")["name"]);
        Assert.Equal("C-1", (await RowAsync(UpflowFlows.Customers, "C-2")).NaturalKey);
        Assert.Single(Upflow.Screens.Records("customers"));
    }

    private static KeyMapEntry Unlinked(KeyMapEntry row) => row with { TargetId = null, NaturalKey = null };
}
