using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// A payment that was taken in Upflow needs a person before it is posted. Of the payments that are entered in Intacct
/// meanwhile, only one that may be the same waits for it.
/// </summary>
public sealed class A_receipt_that_waits_holds_nobody_else : ReceiptsRoadTest
{
    [Theory]
    [InlineData("C-2", "INV-3", 100)]
    [InlineData("C-1", "INV-2", 99)]
    public async Task A_payment_with_its_number_of_another_customer_or_amount_is_carried(
        string customer,
        string invoice,
        int amount
    )
    {
        await OpenAsync(posted: false);
        var receipt = Take();
        await PollAsync();
        Assert.Equal("receipt-account-missing", await CodeAsync(receipt));
        var other = Intacct.Screens.Pay(customer, [(invoice, amount)], reference: Number);
        await PollAsync();
        Assert.NotNull(Upflow.Screens.Record("payments", $"ARPYMT-{Text(other)}"));
        Assert.Equal(10000 - (amount * 100), Upflow.Screens.Outstanding(invoice));
    }

    [Fact]
    public async Task One_that_may_be_it_waits_and_is_not_read_over_and_over()
    {
        await OpenAsync(posted: false);
        Take();
        await PollAsync();
        var same = Intacct.Screens.Pay("C-1", [("INV-2", 100m)], reference: Number);
        await PollAsync();
        Assert.Equal(RecordState.Pending, (await RowAsync(UpflowFlows.Payments, Text(same))).State);
        var asked = Intacct.Counters.Requests;
        var told = Upflow.Counters.Requests;
        await RestAsync(TimeSpan.FromDays(2));
        Assert.Equal(0, Intacct.Counters.Requests - asked);
        Assert.Equal(0, Upflow.Counters.Requests - told);
        Assert.Null(Upflow.Screens.Record("payments", $"ARPYMT-{Text(same)}"));
    }

    [Theory]
    [InlineData("ignored")]
    [InlineData("left out")]
    [InlineData("posted")]
    public async Task It_goes_on_as_soon_as_the_receipt_has_an_end(string end)
    {
        await OpenAsync(posted: false);
        var receipt = Take();
        await PollAsync();
        var same = Intacct.Screens.Pay("C-1", [("INV-2", 100m)], reference: Number);
        await PollAsync();
        if (end == "ignored")
            await IgnoreAsync(receipt);
        else if (end == "left out")
        {
            Upflow.Screens.Refund(receipt);
            await PollAsync();
        }
        else
        {
            var own = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: Number);
            Assert.True(await LinkAsync(receipt, own));
        }

        await RestAsync(TimeSpan.FromMinutes(2));
        if (end != "posted")
        {
            // It has the number and the amount of what stands in Upflow, and pays otherwise: nobody but a person knows.
            Assert.Equal("payment-may-be-taken", (await RowAsync(UpflowFlows.Payments, Text(same))).Problem?.Code);
            await RetryAsync(Text(same), UpflowFlows.Payments);
        }

        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Payments, Text(same))).State);
        Assert.NotNull(Upflow.Screens.Record("payments", $"ARPYMT-{Text(same)}"));
    }

    [Fact]
    public async Task It_is_never_carried_once_it_is_linked_to_the_receipt()
    {
        await OpenAsync(posted: false);
        var receipt = Take();
        await PollAsync();
        var same = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: Number);
        await PollAsync();
        Assert.True(await LinkAsync(receipt, same));
        await PollAsync();
        Assert.Equal(RecordState.Skipped, (await RowAsync(UpflowFlows.Payments, Text(same))).State);
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(receipt)).State);
        Assert.Single(Upflow.Screens.Records("payments"));
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-1"));
    }
}
