using IntacctSync.Core.Domain;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Several payments were taken for one invoice. What an invoice owes is held against those that are still to be posted,
/// and not against those that turn out to be entered already.
/// </summary>
public sealed class Receipts_of_one_invoice_do_not_hold_each_other_up : ReceiptsRoadTest
{
    [Fact]
    public async Task One_is_posted_beside_another_that_may_be_entered_by_hand()
    {
        await OpenAsync();
        var first = Take("INV-1", 6000, "pi_1");
        var second = Take("INV-1", 4000, "pi_2");
        var entered = Intacct.Screens.Pay("C-1", [("INV-1", 60m)], reference: "web 17");
        await PollAsync();
        Assert.Equal("receipt-may-be-entered", await CodeAsync(first));
        Assert.Equal((RecordState.Synced, 0m), ((await ReceiptAsync(second)).State, Due("INV-1")));
        Assert.True(await LinkAsync(first, entered));
        await PollAsync();
        Assert.Equal((RecordState.Synced, 2), ((await ReceiptAsync(first)).State, Counting.Count));
    }

    [Fact]
    public async Task One_that_was_refused_beside_another_is_looked_at_again_when_that_one_is_done_with()
    {
        await OpenAsync();
        var first = Take("INV-1", 6000, "pi_1");
        var second = Take("INV-1", 4000, "pi_2");
        Intacct.Screens.Pay("C-1", [("INV-1", 50m)], reference: "cheque 5");
        await PollAsync();
        Assert.Equal("receipt-invoice-paid", await CodeAsync(first));
        Assert.Equal("receipt-invoice-paid", await CodeAsync(second));
        Upflow.Screens.Refund(first);
        await PollAsync();
        Assert.Equal(RecordState.Skipped, (await ReceiptAsync(first)).State);
        Assert.Equal((RecordState.Synced, 10m), ((await ReceiptAsync(second)).State, Due("INV-1")));
    }
}
