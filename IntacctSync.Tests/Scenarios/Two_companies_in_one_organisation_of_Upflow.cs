using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// External ids are made of Intacct's keys, which each company counts by itself. What stands under one is never
/// overwritten by a record of another company, or by one that is merely counted alike.
/// </summary>
public sealed class Two_companies_in_one_organisation_of_Upflow : ReceivablesRoadTest
{
    private static readonly ConnectionId Other = ConnectionId.Parse("beta");

    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new()
        {
            SampleData = false,
            Companies = [SimulatedCompany.Sandbox, SimulatedCompany.Sandbox with { CompanyId = "beta-company" }],
        };

    private IntacctScreens Beta => Intacct.Companies["beta-company"].Screens;

    [Fact]
    public async Task A_customer_of_the_same_id_is_asked_about()
    {
        await OpenAsync();
        Beta.AddCustomer("C-1", "Somebody else", "ap@else.example");
        Beta.PostInvoice("C-1", "B-1", 7);
        await PollAsync();
        Assert.Equal("upflow-id-taken", (await RowOfOtherAsync(UpflowFlows.Customers, "C-1")).Problem?.Code);
        Assert.Equal("Harbor", (string?)Customer("C-1")["name"]);
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-1"));
        Assert.Null(Invoice("B-1"));
    }

    [Fact]
    public async Task An_invoice_of_the_same_id_is_asked_about()
    {
        await OpenAsync();
        Beta.AddCustomer("B-9", "Somebody else", "ap@else.example");
        var theirs = Beta.PostInvoice("B-9", "B-1", 7);
        Assert.Equal(Intacct.Screens.InvoiceNo("INV-1"), theirs);
        await PollAsync();
        var row = await RowOfOtherAsync(UpflowFlows.Invoices, Text(theirs));
        Assert.Equal("upflow-id-taken", row.Problem?.Code);
        Assert.Contains("'INV-1'", row.Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(10000, Upflow.Screens.Balance("C-1", "USD"));
    }

    /// <summary>The row is lost, and the customer has another name and address since: it may be anybody's.</summary>
    [Fact]
    public async Task A_customer_that_is_not_recognized_is_linked_by_hand_and_goes_on()
    {
        await OpenAsync();
        await ForgetAsync(UpflowFlows.Customers, "C-1");
        Intacct.Screens.RenameCustomer("C-1", "Quay");
        var contact = Intacct.Company.Records("CONTACT").Single(c => c["EMAIL1"] == "ap@harbor.example");
        Intacct.Screens.SetEmail(contact["CONTACTNAME"], "ap@quay.example");
        await PollAsync();
        Assert.Equal("upflow-id-taken", (await RowAsync(UpflowFlows.Customers, "C-1")).Problem?.Code);
        Assert.Equal("Harbor", (string?)Customer("C-1")["name"]);
        await Process
            .Get<PersonRequests>()
            .LinkAsync(await ConnectionAsync(), UpflowFlows.Customers, "C-1", (string)Customer("C-1")["id"]!, Forever);
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Customers, "C-1")).State);
        Assert.Equal("Quay", (string?)Customer("C-1")["name"]);
    }

    /// <summary>The same record, whose row is lost, is taken over without a question.</summary>
    [Fact]
    public async Task What_is_recognized_is_taken_over()
    {
        await OpenAsync();
        var no = Intacct.Screens.InvoiceNo("INV-1");
        var id = (string?)Invoice(no)["id"];
        await ForgetAsync(UpflowFlows.Customers, "C-1");
        await ForgetAsync(UpflowFlows.Invoices, Text(no));
        Intacct.Screens.RenameCustomer("C-1", "Quay");
        Intacct.Screens.EditInvoiceLine("INV-1", 1, 80);
        await PollAsync();
        Assert.Equal("Quay", (string?)Customer("C-1")["name"]);
        Assert.Equal((id, 8000L), ((string?)Invoice(no)["id"], Upflow.Screens.Outstanding("INV-1")));
        Assert.Equal(id, (await RowAsync(UpflowFlows.Invoices, Text(no))).TargetId);
    }

    /// <summary>A customer and an invoice of the first company are in Upflow, and the second is connected.</summary>
    private async Task OpenAsync()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        await ConnectUpflowAsync(s => s with { Intacct = s.Intacct with { CompanyId = "beta-company" } }, Other);

        // Upflow was empty when this program began to fill it; that tells nothing of what is there days later.
        Clock.Advance(TimeSpan.FromDays(2));
    }

    private async Task<KeyMapEntry> RowOfOtherAsync(FlowName flow, string sourceId) =>
        (await Process.Get<KeyMapStore>().GetAsync(new SyncKey(Other, flow, sourceId), Forever))!;

    private async Task ForgetAsync(FlowName flow, string sourceId)
    {
        var row = await RowAsync(flow, sourceId);
        var saved = await Process
            .Get<KeyMapStore>()
            .SaveAsync([new KeyMapEntry { Key = row.Key, Stored = row.Stored }], Forever);
        Assert.NotEmpty(saved);
    }
}
