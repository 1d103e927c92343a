using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// A payment is taken and then fails: the direct debit bounces, or the card is charged back. How Upflow's API shows it
/// is not published, so each way is played.
/// </summary>
public sealed class Payments_of_Upflow_that_fail_late : ReceiptsRoadTest
{
    [Theory]
    [InlineData(LateFailure.Status, "status")]
    [InlineData(LateFailure.Status, "state")]
    [InlineData(LateFailure.StatusAlone, "status")]
    [InlineData(LateFailure.Refund, null)]
    public async Task What_was_posted_is_reversed_on_the_day_of_the_failure(LateFailure shown, string? field)
    {
        (UpflowOptions.LateFailure, UpflowOptions.PaymentStatusField) = (shown, field);
        await OpenAsync();
        var payment = Take();
        await PollAsync();
        Assert.Equal(0, Due("INV-1"));

        Clock.Advance(TimeSpan.FromDays(4));
        var day = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        Upflow.Screens.Fail(payment);
        await PollAsync();
        Assert.Equal(["Reversal", "Reversed"], Posted.Select(p => p["DISPLAYSTATE"]).Order(StringComparer.Ordinal));
        Assert.Equal($"{day:MM/dd/yyyy}", Posted.Single(p => p["DISPLAYSTATE"] == "Reversal")["RECEIPTDATE"]);
        Assert.Equal(100, Due("INV-1"));
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(payment)).State);

        var asked = Intacct.Counters.Requests;
        await RetryAsync(payment);
        await PollAsync();
        Assert.NotEqual(asked, Intacct.Counters.Requests);
        Assert.Equal(2, Posted.Count);
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(payment)).State);
        Assert.Single(Upflow.Screens.Records("payments"));
    }

    [Fact]
    public async Task One_that_is_gone_is_not_reversed_by_itself_but_a_person_is_asked()
    {
        UpflowOptions.LateFailure = LateFailure.Gone;
        await OpenAsync();
        var payment = Take();
        Take("INV-2", reference: "pi_78");
        await PollAsync();
        Upflow.Screens.Fail(payment);
        await PollAsync();
        Assert.Equal("receipt-gone", await CodeAsync(payment));
        Assert.Equal(2, Counting.Count);
    }

    [Fact]
    public async Task One_that_fails_before_it_is_posted_never_is()
    {
        await OpenAsync(posted: false);
        var payment = Take();
        await PollAsync();
        Upflow.Screens.Fail(payment);
        await ChangeSettingsAsync(s => s with { Receipts = new ReceiptSettings { BankAccountId = "BANK" } });
        await PollAsync();
        await RetryAsync(payment);
        Assert.Empty(Posted);
        Assert.Equal(RecordState.Skipped, (await ReceiptAsync(payment)).State);
    }

    [Fact]
    public async Task One_whose_money_is_under_way_waits_until_it_has_come()
    {
        await OpenAsync();
        var payment = Take();
        Upflow.Screens.SetStatus(payment, "PENDING");
        await PollAsync();
        Assert.Empty(Posted);
        Assert.Equal(RecordState.Pending, (await ReceiptAsync(payment)).State);
        Upflow.Screens.SetStatus(payment, "SUCCEEDED");
        await PollAsync();
        Assert.Single(Counting);
        Assert.Equal(0, Due("INV-1"));
    }

    [Theory]
    [InlineData("PENDING", "SUCCEEDED")]
    [InlineData("PENDING", "FAILED")]
    public async Task A_refund_counts_when_the_money_has_gone_back(string first, string then)
    {
        await OpenAsync();
        var payment = Take();
        await PollAsync();
        var refund = Upflow.Screens.Refund(payment);
        Upflow.Screens.SetStatus(refund, first);
        await PollAsync();
        Assert.Single(Posted);
        Assert.Equal(RecordState.Pending, (await ReceiptAsync(payment)).State);
        Upflow.Screens.SetStatus(refund, then);
        if (then == "FAILED")
            Upflow.Screens.Link(payment, "INV-1", 10000);
        await PollAsync();
        Assert.Equal(then == "FAILED" ? 1 : 0, Counting.Count);
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(payment)).State);
    }

    [Fact]
    public async Task One_that_waits_is_looked_at_again_once_however_often_the_list_is_read()
    {
        await OpenAsync();
        var payment = Take();
        Upflow.Screens.SetStatus(payment, "PENDING");
        await TickAsync();
        Assert.Equal(RecordState.Pending, (await ReceiptAsync(payment)).State);
        var read = Lists;
        for (var tick = 0; tick < 20; tick++)
            await TickAsync();
        Assert.Equal(read + 20, Lists);

        Upflow.Screens.SetStatus(payment, "SUCCEEDED");
        await TickAsync();
        Assert.Single(Counting);
    }

    private int Lists => Upflow.Counters.Of("GET /v1/payments");

    /// <summary>Reads the list of payments, as the timer does, and works off what is due.</summary>
    private async Task TickAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process.Get<Poller>().TickAsync([UpflowFlows.Receipts], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Of_money_that_stays_under_way_a_person_is_told_after_two_weeks()
    {
        await OpenAsync();
        var payment = Take();
        Upflow.Screens.SetStatus(payment, "PENDING");
        await PollAsync();
        await RestAsync(TimeSpan.FromDays(13));
        Assert.Equal(RecordState.Pending, (await ReceiptAsync(payment)).State);
        await RestAsync(TimeSpan.FromDays(2));
        Assert.Equal("receipt-left-under-way", await CodeAsync(payment));
        Assert.Empty(Posted);
    }

    [Fact]
    public async Task A_lost_answer_to_the_reversal_reverses_it_once()
    {
        await OpenAsync();
        var payment = Take();
        await PollAsync();
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = "resetAfter",
                Match = Fields(("function", "reverse_arpayment")),
                Times = 1,
            }
        );
        Upflow.Screens.Fail(payment);
        await PollAsync();
        await PollAsync();
        Assert.Equal(2, Posted.Count);
        Assert.Equal(100, Due("INV-1"));
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(payment)).State);
    }
}
