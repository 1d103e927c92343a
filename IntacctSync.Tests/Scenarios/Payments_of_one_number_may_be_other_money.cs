using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// A number such as ACH is on many payments. One that bears no mark is taken for a receipt only where it can be no
/// other money; otherwise a person is asked, and nothing is taken back in Upflow.
/// </summary>
public sealed class Payments_of_one_number_may_be_other_money : ReceiptsRoadTest
{
    [Theory]
    [InlineData(90, "INV-2")]
    [InlineData(3, "INV-2")]
    [InlineData(90, "INV-1")]
    public async Task One_that_stands_in_Upflow_is_asked_about_and_stays_there(int days, string pays)
    {
        await OpenAsync();
        var entered = Intacct.Screens.Pay("C-1", [(pays, 40m)], reference: "ACH");
        await PollAsync();
        Assert.Equal(6000, Upflow.Screens.Outstanding(pays));
        Clock.Advance(TimeSpan.FromDays(days));
        var payment = Take("INV-1", 4000, reference: "ACH");
        await PollAsync();
        await PollAsync();
        var row = await ReceiptAsync(payment);
        Assert.Equal((RecordState.NeedsAction, "receipt-may-be-entered"), (row.State, row.Problem?.Code));
        Assert.Contains($"ARPYMT {Text(entered)} ('ACH'", row.Problem!.Message, StringComparison.Ordinal);
        Assert.NotNull(Upflow.Screens.Record("payments", $"ARPYMT-{Text(entered)}"));
        Assert.Single(Counting);

        // That it is other money says who retries this record.
        await RetryAsync(payment);
        Assert.Equal((RecordState.Synced, 2), ((await ReceiptAsync(payment)).State, Counting.Count));
        await PollAsync();
        Assert.Equal(2, Upflow.Screens.Records("payments").Count);
    }

    [Fact]
    public async Task One_that_pays_something_else_is_asked_about_though_it_is_not_in_Upflow()
    {
        await OpenAsync(s => s with { SyncPayments = false });
        Intacct.Screens.Pay("C-1", [("INV-2", 100m)], reference: Number);
        var payment = Take();
        await PollAsync();
        Assert.Equal("receipt-may-be-entered", await CodeAsync(payment));
        Assert.Single(Counting);
    }

    [Fact]
    public async Task One_that_pays_the_same_and_stands_nowhere_is_taken_for_it()
    {
        await OpenAsync();
        var payment = Take();
        var there = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: Number);
        await PollAsync();
        await PollAsync();
        var row = await ReceiptAsync(payment);
        Assert.Equal((RecordState.Synced, Text(there)), (row.State, row.TargetId));
        Assert.Contains(row.Timeline, t => t.Detail.EndsWith("pays nothing else.", StringComparison.Ordinal));
        Assert.Single(Counting);
    }
}
