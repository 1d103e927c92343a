using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>A payment is reversed while its invoice is deleted in Zuper, where nothing is voided meanwhile.</summary>
public sealed class A_payment_on_a_deleted_invoice_is_voided_once_that_is_restored : PaidFirstTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_invoice_is_read_again(bool asked)
    {
        var (uid, payment) = await ReversedWhileDeletedAsync();
        Zuper.Screens.Restore(uid);
        await SweepZuperAsync();
        await PollAsync();
        if (asked)
            await RetryAsync(uid);
        Assert.Equal([$"-129 SAGE-{payment}"], Standing(uid));
        Assert.Equal("AWAIT_PAYMENT", Zuper.Screens.Record(uid)!["invoice_status"]!.ToString());
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }

    [Fact]
    public async Task Also_where_the_invoice_was_reversed_in_between()
    {
        var (uid, payment) = await ReversedWhileDeletedAsync();
        await SweepZuperAsync();
        Assert.Equal("Reversed", Intacct.Company.Records("ARINVOICE")[0]["STATE"]);
        Assert.Equal([$"129 SAGE-{payment}"], Standing(uid));
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);

        Zuper.Screens.Restore(uid);
        await SweepZuperAsync();
        Assert.Equal([$"-129 SAGE-{payment}"], Standing(uid));
        await AssertNeedsAsync(uid, "invoice-alive-again");
    }

    /// <summary>Nobody knows the date of a payment that is deleted in Intacct, but its row has recorded it.</summary>
    [Fact]
    public async Task Also_where_the_payment_is_deleted_in_Intacct()
    {
        var (uid, payment) = await PaidAsync();
        Zuper.Screens.Delete(uid);
        Intacct.Screens.BackToDraft(payment);
        Intacct.Screens.DeletePayment(payment);
        Clock.Advance(TimeSpan.FromHours(3));
        await PollAsync();
        await Process.Get<KeyMapStore>().SaveAsync([(await PaymentAsync(payment)) with { Facts = null }], Forever);
        Zuper.Screens.Restore(uid);
        await SweepZuperAsync();
        Assert.Equal([$"-129 SAGE-{payment}"], Standing(uid));
    }

    private async Task<(string Uid, int Payment)> ReversedWhileDeletedAsync()
    {
        var (uid, payment) = await PaidAsync();
        Zuper.Screens.Delete(uid);
        Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Assert.Equal([$"129 SAGE-{payment}"], Standing(uid));
        return (uid, payment);
    }
}
