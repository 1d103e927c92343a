using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// In the copy of the store a record was left out; since then it was carried. Now the copy is back, and the record no
/// longer counts in Intacct.
/// </summary>
public sealed class What_an_older_copy_does_not_know_is_taken_back : ReceivablesRoadTest
{
    [Fact]
    public async Task A_payment_that_was_a_draft_in_the_copy()
    {
        await OpenAsync();
        var no = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], draft: true, reference: "cheque 1");
        await PollAsync();
        var copy = await LeftOutAsync(UpflowFlows.Payments, Text(no));
        Intacct.Screens.SubmitDraft(no);
        await PollAsync();
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-1"));
        await RestoreAsync(copy);
        Intacct.Screens.ReversePayment(no);
        await PollAsync();
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(10000, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Fact]
    public async Task An_invoice_that_was_a_draft_in_the_copy()
    {
        await OpenAsync();
        var no = Intacct.Screens.PostInvoice("C-1", "INV-9", 100, draft: true);
        await PollAsync();
        var copy = await LeftOutAsync(UpflowFlows.Invoices, Text(no));
        Intacct.Screens.SubmitInvoice("INV-9");
        await PollAsync();
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-9"));
        await RestoreAsync(copy);
        Intacct.Screens.ReverseInvoice("INV-9");
        await PollAsync();
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-9"));
        Assert.Equal(10000, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Fact]
    public async Task A_credit_memo_that_was_left_out_in_the_copy()
    {
        await OpenAsync();
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 30);
        await PollAsync();
        Assert.Equal(3000, Upflow.Screens.Unlinked("credit_notes", "CM-1"));
        var carried = await RowAsync(UpflowFlows.CreditNotes, $"ARADJUSTMENT-{Text(memo)}");
        await RestoreAsync(
            (
                carried with
                {
                    TargetId = null,
                    NaturalKey = null,
                    Hash = null,
                    Parts = null,
                    Made = null,
                    Intents = 0,
                    LastRequest = null,
                }
            ).Skip(Clock.GetUtcNow(), "It is a draft: nothing is credited yet.")
        );
        Intacct.Screens.ReverseAdjustment(memo);
        await PollAsync();
        Assert.Equal(0, Upflow.Screens.Unlinked("credit_notes", "CM-1"));
    }

    private async Task OpenAsync()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
    }

    private async Task<KeyMapEntry> LeftOutAsync(FlowName flow, string sourceId)
    {
        var row = await RowAsync(flow, sourceId);
        Assert.Equal(RecordState.Skipped, row.State);
        return row;
    }

    /// <summary>The row is as it was in the copy.</summary>
    private async Task RestoreAsync(KeyMapEntry copy)
    {
        var now = await RowAsync(copy.Key.Flow, copy.Key.SourceId);
        var saved = await Process.Get<KeyMapStore>().SaveAsync([copy with { Stored = now.Stored }], Forever);
        Assert.NotEmpty(saved);
    }
}
