using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Somebody deletes in Upflow what this program made; a retry notices it, and mends all that hung on it.
/// </summary>
public sealed class A_retry_looks_at_what_stands_in_Upflow : ReceivablesRoadTest
{
    /// <summary>Both ways must do: no source says whether one credit note or payment can be read by its id.</summary>
    internal override UpflowSimulatorOptions UpflowOptions { get; } = new() { ReadsOneCreditNote = false };

    [Fact]
    public async Task A_payment_that_was_deleted_comes_back_with_its_links()
    {
        var books = await OpenAsync();
        Upflow.Screens.Delete("payments", $"ARPYMT-{Text(books.Payment)}");
        Assert.Equal(9500, Upflow.Screens.Outstanding("INV-1"));
        await RetryAsync(UpflowFlows.Payments, Text(books.Payment));
        AssertWhole();
    }

    [Fact]
    public async Task A_payment_that_was_deleted_comes_back_with_its_links_when_it_changes()
    {
        var books = await OpenAsync();
        Upflow.Screens.Delete("payments", $"ARPYMT-{Text(books.Payment)}");
        Intacct.Screens.EditPayment(books.Payment, [new PaymentRow("INV-1", 60)], total: 75);
        await PollAsync();
        Assert.Equal(3500, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(1500, Upflow.Screens.Unlinked("payments", $"ARPYMT-{Text(books.Payment)}"));
    }

    [Fact]
    public async Task A_link_that_was_taken_off_is_made_again()
    {
        var books = await OpenAsync();
        Upflow.Screens.Unlink($"ARPYMT-{Text(books.Payment)}", "INV-1");
        await RetryAsync(UpflowFlows.Payments, Text(books.Payment));
        AssertWhole();
    }

    [Fact]
    public async Task A_credit_note_that_was_deleted_comes_back_and_so_does_what_it_pays()
    {
        var books = await OpenAsync();
        Upflow.Screens.Delete("credit_notes", $"ARADJUSTMENT-{Text(books.Memo)}");
        await RetryAsync(UpflowFlows.CreditNotes, $"ARADJUSTMENT-{Text(books.Memo)}");
        AssertWhole();
    }

    [Fact]
    public async Task An_invoice_that_was_deleted_comes_back_with_all_that_was_linked_to_it_and_its_pdf()
    {
        var books = await OpenAsync(s => s with { SyncPdfs = true });
        Upflow.Screens.Delete("invoices", "INV-1");
        await RetryAsync(UpflowFlows.Invoices, Text(books.Invoice));
        AssertWhole();
        Assert.NotNull(Upflow.Screens.Pdf($"ARINVOICE-{Text(books.Invoice)}"));
    }

    [Fact]
    public async Task An_invoice_that_was_deleted_comes_back_with_its_links_when_it_changes()
    {
        var books = await OpenAsync();
        Upflow.Screens.Delete("invoices", "INV-1");
        Intacct.Screens.EditInvoice("INV-1", Fields(("DESCRIPTION", "Another")));
        await PollAsync();
        Assert.Equal("Another", (string?)Invoice(books.Invoice)["name"]);
        AssertWhole();
    }

    [Fact]
    public async Task A_refund_that_was_deleted_comes_back()
    {
        var books = await OpenAsync();
        Intacct.Screens.ReversePayment(books.Payment);
        await PollAsync();
        Upflow.Screens.Delete("refunds", Assert.Single(Upflow.Screens.Records("refunds"))["id"]!.ToString());
        Assert.Equal(7000, Upflow.Screens.Unlinked("payments", $"ARPYMT-{Text(books.Payment)}"));
        await RetryAsync(UpflowFlows.Payments, Text(books.Payment));
        Assert.Equal(0, Upflow.Screens.Unlinked("payments", $"ARPYMT-{Text(books.Payment)}"));
        Assert.Single(Upflow.Screens.Records("refunds"));
    }

    [Fact]
    public async Task A_reversed_invoice_that_was_deleted_comes_back_settled()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        var invoice = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        Intacct.Screens.ReverseInvoice("INV-1");
        await PollAsync();
        Upflow.Screens.Delete("invoices", "INV-1");
        await RetryAsync(UpflowFlows.Invoices, Text(invoice));
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(0, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Fact]
    public async Task Where_nothing_is_missing_a_retry_writes_nothing()
    {
        var books = await OpenAsync();
        var before = Writes;
        await RetryAsync(UpflowFlows.Payments, Text(books.Payment));
        await RetryAsync(UpflowFlows.CreditNotes, $"ARADJUSTMENT-{Text(books.Memo)}");
        await RetryAsync(UpflowFlows.Invoices, Text(books.Invoice));
        await BackfillAsync([.. UpflowFlows.All.Select(f => f.Name).Where(f => f != UpflowFlows.Receipts)]);
        Assert.Equal(before, Writes);
    }

    /// <summary>An invoice of 100 with 60 paid, 5 of a memo of 20 applied, and 10 paid ahead.</summary>
    private async Task<(int Invoice, int Payment, int Memo)> OpenAsync(
        Func<UpflowConnectionSettings, UpflowConnectionSettings>? change = null
    )
    {
        await ConnectUpflowAsync(change);
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        var invoice = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        var payment = Intacct.Screens.Receive("C-1", [new PaymentRow("INV-1", 60)], total: 70);
        Intacct.Screens.ApplyCreditMemo(memo, [("INV-1", 5m)]);
        await PollAsync();
        AssertWhole();
        return (invoice, payment, memo);
    }

    private void AssertWhole() =>
        Assert.Equal(
            (3500, 1500, 1000, 1000),
            (
                Upflow.Screens.Outstanding("INV-1"),
                Upflow.Screens.Unlinked("credit_notes", "CM-1"),
                Upflow.Screens.Records("payments").Sum(p => Upflow.Screens.Unlinked("payments", p["id"]!.ToString())),
                Upflow.Screens.Balance("C-1", "USD")
            )
        );

    private async Task RetryAsync(FlowName flow, string sourceId)
    {
        Assert.True(await Process.Get<PersonRequests>().RetryAsync(await ConnectionAsync(), flow, sourceId, Forever));
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(flow, sourceId)).State);
    }
}
