using IntacctSync.Core.Domain;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// An amount that Upflow writes otherwise than as a whole number is never taken for none: its record is told by its
/// name, nothing is posted or reversed for it, and the others go on.
/// </summary>
public sealed class What_Upflow_has_unreadable_is_told : ReceiptsRoadTest
{
    [Fact]
    public async Task An_invoice_and_the_balance_of_its_customer_and_no_other()
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        Assert.Equal([], await CompareAsync());
        Intacct.Screens.PostInvoice("C-2", "INV-4", 77);
        await PollAsync();
        Wire.Change = static (_, answer) =>
            answer.Replace("\"amountOutstanding\":7700", "\"amountOutstanding\":77.5", StringComparison.Ordinal);
        Assert.Equal(
            ["upflow-customers C-2 Pier  '' '' unknown", "upflow-invoices INV-4  '' '' unknown"],
            await CompareAsync()
        );
    }

    [Fact]
    public async Task A_receipt_that_is_posted_is_not_reversed_for_it_and_the_next_one_is_posted()
    {
        await OpenAsync();
        var held = Take(amount: 4100);
        await PollAsync();
        Assert.Single(Counting);
        Wire.Change = static (_, answer) =>
            answer.Replace("\"amount\":4100", "\"amount\":\"much\"", StringComparison.Ordinal);
        Upflow.Screens.Edit("payments", held, number: "pi_79");
        var next = Take("INV-3", reference: "pi_78");
        await PollAsync();
        Assert.Equal("receipt-unreadable", await CodeAsync(held));
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(next)).State);
        Assert.Equal(2, Counting.Count);
    }

    [Fact]
    public async Task A_refund_of_which_it_is_not_known_how_much_went_back()
    {
        await OpenAsync();
        var held = Take(amount: 4100);
        await PollAsync();
        Upflow.Screens.Refund(held);
        Wire.Change = static (_, answer) =>
            answer.Replace("\"linkedAmount\":4100", "\"linkedAmount\":\"much\"", StringComparison.Ordinal);
        await PollAsync();
        Assert.Equal("receipt-unreadable", await CodeAsync(held));
        Assert.Single(Counting);
        Wire.Change = null;
        await RetryAsync(held);
        Assert.Equal((RecordState.Synced, 0), ((await ReceiptAsync(held)).State, Counting.Count));
    }

    private async Task<IReadOnlyList<string>> CompareAsync() =>
        (await Process.ReconcileAsync(await ConnectionAsync(), PassAsync)).Differences;
}
