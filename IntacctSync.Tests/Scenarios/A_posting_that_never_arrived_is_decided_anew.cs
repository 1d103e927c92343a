using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// The request to post a receipt, or to reverse it, was lost before Intacct got it. Until that is known the money may
/// be entered by hand, paid back or moved: it is looked at anew and not sent as it was.
/// </summary>
public sealed class A_posting_that_never_arrived_is_decided_anew : ReceiptsRoadTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_entered_by_hand_meanwhile_is_not_posted_beside_it(bool ignored)
    {
        var payment = await PostIntoNothingAsync();
        var entered = Intacct.Screens.Pay("C-1", [("INV-1", 40m)], reference: "web 17");
        if (ignored)
            await IgnoreAsync(payment);
        for (var i = 0; i < 3; i++)
            await PollAsync();
        Assert.Single(Counting);

        // Once it can't be in Intacct any more without being shown, a person is asked.
        await WaitUntilShownAsync();
        Assert.Single(Counting);
        Assert.Null((await ReceiptAsync(payment)).Intent);
        if (ignored)
        {
            Assert.Equal(RecordState.Skipped, (await ReceiptAsync(payment)).State);
            return;
        }

        Assert.Equal("receipt-may-be-entered", await CodeAsync(payment));
        Assert.True(await LinkAsync(payment, entered));
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(payment)).State);
        Assert.Single(Upflow.Screens.Records("payments"));
    }

    [Fact]
    public async Task A_retry_while_it_is_not_known_does_not_say_that_it_is_other_money()
    {
        var payment = await PostIntoNothingAsync();
        Intacct.Screens.Pay("C-1", [("INV-1", 40m)], reference: "web 17");
        await RestAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(RecordState.InDoubt, (await ReceiptAsync(payment)).State);
        await Process.Get<PersonRequests>().RetryAsync(await ConnectionAsync(), UpflowFlows.Receipts, payment, Forever);
        await WaitUntilShownAsync();
        Assert.Equal("receipt-may-be-entered", await CodeAsync(payment));
        Assert.Single(Counting);
    }

    [Fact]
    public async Task What_nobody_touched_is_posted_once_under_the_same_control_id()
    {
        var payment = await PostIntoNothingAsync();
        var id = (await ReceiptAsync(payment)).Intent!.ControlId.Value;
        await PollAsync();
        var row = await ReceiptAsync(payment);
        Assert.Equal((RecordState.Synced, 1L, id), (row.State, row.Intents, row.LastRequest!.ControlId));
        Assert.Single(Counting);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_paid_back_or_moved_meanwhile_is_not_posted_as_it_was(bool refunded)
    {
        var payment = await PostIntoNothingAsync();
        if (refunded)
        {
            Upflow.Screens.Refund(payment);
        }
        else
        {
            Upflow.Screens.Unlink(payment);
            Upflow.Screens.Link(payment, "INV-2", 4000);
        }

        await PollAsync();
        await PollAsync();
        await WaitUntilShownAsync();
        Assert.Equal((refunded ? 0 : 1, 100m), (Posted.Count, Due("INV-1")));
        Assert.Equal(refunded ? RecordState.Skipped : RecordState.Synced, (await ReceiptAsync(payment)).State);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("deactivated")]
    public async Task What_was_entered_by_hand_is_not_posted_a_month_later(string how)
    {
        var payment = await PostIntoNothingAsync();
        if (how == "off")
            await ChangeSettingsAsync(s => s with { SyncReceipts = false });
        else
            await Process
                .Get<ConnectionStore>()
                .ChangeAsync(Id, c => c with { Active = false, DeactivatedAt = Clock.GetUtcNow() }, Forever);
        Intacct.Screens.Pay("C-1", [("INV-1", 40m)], reference: "web 17");
        await PollAsync();
        Clock.Advance(TimeSpan.FromDays(30));
        if (how == "off")
            await ChangeSettingsAsync(s => s with { SyncReceipts = true });
        else
            await Process.Get<PersonRequests>().ActivateAsync(Id, Forever);
        for (var i = 0; i < 3; i++)
            await PollAsync();
        Assert.Single(Counting);
        Assert.Equal("receipt-may-be-entered", await CodeAsync(payment));
    }

    [Fact]
    public async Task A_posting_that_is_never_answered_needs_a_person_after_days()
    {
        await PostIntoNothingAsync(times: 0);
        await RestAsync(TimeSpan.FromDays(4));
        Assert.Equal("write-unanswered", await CodeAsync(_payment));
        Intacct.Faults.Clear();
        await RetryAsync(_payment);
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(_payment)).State);
        Assert.Single(Counting);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reversal_is_sent_again_only_while_the_refund_stands(bool stands)
    {
        await OpenAsync();
        var payment = Take(amount: 4000);
        await PollAsync();
        Assert.Single(Counting);
        var refund = Upflow.Screens.Refund(payment);
        await LoseAsync("reverse_arpayment");
        Assert.Equal(RecordState.InDoubt, (await ReceiptAsync(payment)).State);
        Assert.Single(Counting);
        if (!stands)
        {
            Upflow.Screens.Delete("refunds", refund);
            Upflow.Screens.Link(payment, "INV-1", 4000);
        }

        for (var i = 0; i < 3; i++)
            await PollAsync();
        var row = await ReceiptAsync(payment);
        Assert.Equal((RecordState.Synced, null), (row.State, row.Intent));
        Assert.Equal((stands ? 0 : 1, stands ? 100m : 60m), (Counting.Count, Due("INV-1")));
    }

    private string _payment = "";

    /// <summary>A receipt whose posting is in doubt, and of which Intacct knows nothing.</summary>
    private async Task<string> PostIntoNothingAsync(int times = 1)
    {
        await OpenAsync();
        _payment = Take(amount: 4000);
        await LoseAsync("create", times);
        Assert.Equal(RecordState.InDoubt, (await ReceiptAsync(_payment)).State);
        Assert.Empty(Posted);
        return _payment;
    }

    private async Task LoseAsync(string function, int times = 1)
    {
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = "resetBefore",
                Match = Fields(("function", function)),
                Times = times,
            }
        );
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process.Get<Poller>().TickAsync([.. UpflowFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(5));
    }

    /// <summary>Until what was written would be shown at the latest.</summary>
    private Task WaitUntilShownAsync() => RestAsync(TimeSpan.FromHours(3));
}
