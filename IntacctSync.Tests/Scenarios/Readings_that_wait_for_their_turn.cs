using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// What a backfill has read of a record is kept while the record waits for Upflow's limit. Whatever changes meanwhile
/// is found by the polls, and is what stands in the end.
/// </summary>
public sealed class Readings_that_wait_for_their_turn : ReceivablesRoadTest
{
    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new() { SampleData = false, ApplicationsTouchCredits = false };

    [Fact]
    public async Task A_rest_that_is_given_away_meanwhile_is_counted_once()
    {
        await OpenAsync();
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        var payment = Intacct.Screens.Receive(
            "C-1",
            [new PaymentRow("INV-1", 50), new PaymentRow("INV-1", Money: 0, Credit: 20, CreditMemo: memo)],
            total: 80
        );
        await BackfillAsync(UpflowFlows.Customers, UpflowFlows.Invoices, UpflowFlows.CreditNotes);
        await WaitingAsync(UpflowFlows.Payments, "POST /v1/payments");
        Intacct.Screens.ApplyCredit(payment, [("INV-2", 30m)]);
        await TakenAsync();
        Assert.Equal(8000, (long)Upflow.Screens.Record("payments", $"ARPYMT-{Text(payment)}")!["amount"]!);
        await PollAsync();
        await PollAsync();
        Assert.Equal(8000, (long)Upflow.Screens.Record("payments", $"ARPYMT-{Text(payment)}")!["amount"]!);
        Assert.Equal(0, Upflow.Screens.Unlinked("payments", $"ARPYMT-{Text(payment)}"));
        Assert.Equal(5000, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Fact]
    public async Task An_invoice_that_changes_meanwhile_ends_as_it_is_then()
    {
        await OpenAsync();
        await BackfillAsync(UpflowFlows.Customers);
        await WaitingAsync(UpflowFlows.Invoices, "POST /v1/invoices");
        Intacct.Screens.EditInvoiceLine("INV-1", 1, 40);
        Intacct.Screens.DeleteInvoice("INV-2");
        await TakenAsync();
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-1"));
        await PollAsync();
        Clock.Advance(TimeSpan.FromHours(3));
        await PollAsync();
        Assert.Equal(4000, Upflow.Screens.Outstanding("INV-1"));
        Assert.Null(Invoice("INV-2"));
        Assert.Equal(4000, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Fact]
    public async Task A_payment_that_is_reversed_meanwhile_pays_nothing()
    {
        await OpenAsync();
        var payment = Intacct.Screens.Pay("C-1", [("INV-1", 60m)]);
        await BackfillAsync(UpflowFlows.Customers, UpflowFlows.Invoices);
        await WaitingAsync(UpflowFlows.Payments, "POST /v1/payments");
        Intacct.Screens.ReversePayment(payment);
        await TakenAsync();
        Assert.Equal(4000, Upflow.Screens.Outstanding("INV-1"));
        await PollAsync();
        await PollAsync();
        Assert.Equal(15000, Upflow.Screens.Balance("C-1", "USD"));
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-1"));
    }

    private async Task OpenAsync()
    {
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.PostInvoice("C-1", "INV-2", 50);
        await ConnectUpflowAsync();
    }

    /// <summary>A backfill finds records of a flow, and Upflow takes none of them for some minutes.</summary>
    private async Task WaitingAsync(FlowName flow, string route)
    {
        var before = Writes;
        Refuse(route, times: 20, UpflowFaults.Http429);
        await Process.Get<Backfill>().StartAsync(await ConnectionAsync(), flow, since: null, requested: true, Forever);
        await RestAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(before, Writes);
        Assert.NotEqual(0, Upflow.Counters.Of(route));
    }

    /// <summary>Upflow takes them, as they were read.</summary>
    private Task TakenAsync()
    {
        Upflow.Faults.Clear();
        return RestAsync(TimeSpan.FromMinutes(8));
    }
}
