using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// An older copy of the store is restored, in which a receipt waited or needed a person; since then it was posted. What
/// is paid back in Upflow now is reversed, since its payment in Intacct is known by its mark.
/// </summary>
public sealed class Receipts_that_were_posted_after_the_copy : ReceiptsRoadTest
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task One_that_is_paid_back_is_reversed(bool payments, bool asked)
    {
        await OpenAsync(s => s with { SyncPayments = payments }, posted: false);
        var payment = Take();
        await PollAsync();
        Assert.Equal("receipt-account-missing", await CodeAsync(payment));
        var copy = await ReceiptAsync(payment);
        await ChangeSettingsAsync(s => s with { Receipts = new ReceiptSettings { BankAccountId = "BANK" } });
        await RetryAsync(payment);
        Assert.Single(Counting);
        var now = await ReceiptAsync(payment);
        var restored = await Process.Get<KeyMapStore>().SaveAsync([copy with { Stored = now.Stored }], Forever);
        Assert.NotEmpty(restored);
        Upflow.Screens.Refund(payment);
        await PollAsync();
        await PollAsync();
        if (asked)
            await RetryAsync(payment);
        Assert.Empty(Counting);
        Assert.Equal((RecordState.Synced, 100m), ((await ReceiptAsync(payment)).State, Due("INV-1")));
    }
}
