using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Somebody has entered in Intacct by hand what was taken in Upflow, under a number of their own: it is never posted a
/// second time before a person was asked, whatever has it looked at.
/// </summary>
public sealed class Receipts_that_were_entered_by_hand : ReceiptsRoadTest
{
    [Theory]
    [InlineData(10000)]
    [InlineData(4000)]
    public async Task A_run_of_all_posts_none_of_them_again(long amount)
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        var payment = Take(amount: amount);
        var entered = Intacct.Screens.Pay("C-1", [("INV-1", amount / 100m)], reference: "web 17");
        Clock.Advance(TimeSpan.FromHours(3));
        await ChangeSettingsAsync(s => s with { SyncReceipts = true });
        await PollAsync();
        await BackfillAsync(UpflowFlows.Receipts);
        await BackfillAsync(UpflowFlows.Receipts);
        Assert.Single(Posted);
        var problem = (await ReceiptAsync(payment)).Problem;
        Assert.Equal("receipt-may-be-entered", problem?.Code);
        Assert.Contains($"ARPYMT {Text(entered)} ('web 17', ", problem!.Message, StringComparison.Ordinal);

        Assert.True(await LinkAsync(payment, entered));
        await PollAsync();
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(payment)).State);
        Assert.Single(Posted);
        Assert.Single(Upflow.Screens.Records("payments"));
        Assert.Equal(20000 - amount, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Fact]
    public async Task Only_who_retries_that_one_record_says_that_it_is_other_money()
    {
        await OpenAsync();
        var payment = Take(amount: 4000);
        Intacct.Screens.Pay("C-1", [("INV-1", 40m)], reference: "web 17");
        await PollAsync();
        Assert.Equal("receipt-may-be-entered", await CodeAsync(payment));
        await RetryAllAsync();
        Assert.Equal("receipt-may-be-entered", await CodeAsync(payment));
        await BackfillAsync(UpflowFlows.Receipts);
        Assert.Equal("receipt-may-be-entered", await CodeAsync(payment));
        Assert.Single(Posted);

        // Another one that is alike was not looked at by whoever retries.
        Intacct.Screens.Pay("C-1", [("INV-1", 40m)], reference: "web 18");
        await RetryAsync(payment);
        Assert.Equal("receipt-may-be-entered", await CodeAsync(payment));
        Assert.Equal(2, Posted.Count);
    }

    [Fact]
    public async Task What_it_may_have_been_goes_to_Upflow_once_it_was_paid_back()
    {
        await OpenAsync();
        var payment = Take();
        var cheque = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: "cheque 5");
        await PollAsync();
        Assert.Equal("receipt-may-be-entered", await CodeAsync(payment));
        Upflow.Screens.Refund(payment);
        await PollAsync();
        Assert.Equal(RecordState.Skipped, (await ReceiptAsync(payment)).State);
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Payments, Text(cheque))).State);
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-1"));
    }

    [Fact]
    public async Task What_was_said_of_it_stays_said()
    {
        await OpenAsync(posted: false);
        var payment = Take(amount: 4000);
        Intacct.Screens.Pay("C-1", [("INV-1", 40m)], reference: "web 17");
        await ChangeSettingsAsync(s => s with { Receipts = new ReceiptSettings { BankAccountId = "NOWHERE" } });
        await PollAsync();
        Assert.Equal("receipt-may-be-entered", await CodeAsync(payment));
        await RetryAsync(payment);
        Assert.NotEqual("receipt-may-be-entered", await CodeAsync(payment));
        Assert.Single(Posted);
        await ChangeSettingsAsync(s => s with { Receipts = new ReceiptSettings { BankAccountId = "BANK" } });
        await RetryAllAsync();
        Assert.Equal(2, Counting.Count);
        Assert.Equal(20, Due("INV-1"));
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(payment)).State);
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("advance")]
    public async Task One_that_pays_nothing_yet_is_asked_about_too(string how)
    {
        await OpenAsync();
        var payment = Take();
        if (how == "draft")
            Intacct.Screens.Pay("C-1", [("INV-1", 100m)], draft: true, reference: "web 17");
        else
            Intacct.Screens.Advance("C-1", 100, reference: "web 17");
        await PollAsync();
        Assert.Equal("receipt-may-be-entered", await CodeAsync(payment));
        Assert.Equal(100, Due("INV-1"));
    }

    [Fact]
    public async Task Two_that_take_more_off_an_invoice_than_it_owes_are_both_asked_about_and_others_go_on()
    {
        await OpenAsync();
        var two = new[] { Take(amount: 6000, reference: "pi_1"), Take(amount: 4000, reference: "pi_2") };
        var other = Take("INV-2", reference: "pi_3");
        var cheque = Intacct.Screens.Pay("C-1", [("INV-1", 50m)], reference: "cheque 5");
        await PollAsync();
        foreach (var payment in two)
            Assert.Equal("receipt-invoice-paid", await CodeAsync(payment));
        Assert.Contains("'cheque 5'", (await ReceiptAsync(two[0])).Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(other)).State);
        Assert.Equal(50, Due("INV-1"));

        Intacct.Screens.ReversePayment(cheque);
        await RetryAllAsync();
        Assert.Equal(0, Due("INV-1"));
        Assert.Equal(3, Counting.Count);
    }

    [Fact]
    public async Task One_that_is_linked_to_another_payment_while_the_posted_one_counts_needs_a_person()
    {
        await OpenAsync();
        var payment = Take();
        await PollAsync();
        var posted = NumberOf(Assert.Single(Counting));
        var entered = Intacct.Screens.Pay("C-1", [("INV-2", 100m)], reference: "web 17");
        Upflow.Screens.Unlink(payment);
        Upflow.Screens.Link(payment, "INV-2", 10000);
        Assert.True(await LinkAsync(payment, entered));
        await PollAsync();
        await PollAsync();
        var row = await ReceiptAsync(payment);
        Assert.Equal((RecordState.NeedsAction, "receipt-posted-twice"), (row.State, row.Problem?.Code));
        Assert.Contains($"Reverse ARPYMT {Text(posted)}", row.Problem!.Fix, StringComparison.Ordinal);
        Assert.Single(Upflow.Screens.Records("payments"));

        Intacct.Screens.ReversePayment(posted);
        await PollAsync();
        await RetryAsync(payment);
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(payment)).State);
        Assert.Single(Upflow.Screens.Records("payments"));
        Assert.Equal((100m, 0m, 10000L), (Due("INV-1"), Due("INV-2"), Upflow.Screens.Balance("C-1", "USD")));
    }

    [Fact]
    public async Task A_refund_that_failed_and_stays_linked_reverses_nothing_and_a_person_is_told()
    {
        UpflowOptions.LateFailure = LateFailure.StatusAlone;
        await OpenAsync();
        var payment = Take();
        await PollAsync();
        var refund = Upflow.Screens.Refund(payment);
        Upflow.Screens.SetStatus(refund, "PENDING");
        await PollAsync();
        Upflow.Screens.SetStatus(refund, "FAILED");
        await PollAsync();
        Assert.Equal("receipt-refund-failed", await CodeAsync(payment));
        Assert.Single(Counting);
        Assert.Single(Posted);

        Upflow.Screens.Delete("refunds", refund);
        Upflow.Screens.Link(payment, "INV-1", 10000);
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(payment)).State);
        Assert.Single(Posted);
    }

    private async Task RetryAllAsync()
    {
        await Process.Get<PersonRequests>().RetryAllAsync(await ConnectionAsync(), UpflowFlows.Receipts, null, Forever);
        await RestAsync();
    }
}
