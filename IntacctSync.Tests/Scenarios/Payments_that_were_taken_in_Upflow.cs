using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// What was taken in Upflow is entered in Intacct by a person or posted by another program: it is not sent to Upflow as
/// a second payment, whether receipts are synced or not.
/// </summary>
public sealed class Payments_that_were_taken_in_Upflow : ReceiptsRoadTest
{
    [Theory]
    [InlineData(4000)]
    [InlineData(10000)]
    public async Task One_that_was_entered_by_hand_is_asked_about_and_may_be_ignored(long amount)
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        Take(amount: amount);
        var entered = Intacct.Screens.Pay("C-1", [("INV-1", amount / 100m)], reference: "web 17");
        await PollAsync();
        var row = await PaymentAsync(entered);
        Assert.Equal((RecordState.NeedsAction, "payment-may-be-taken"), (row.State, row.Problem?.Code));
        Assert.Contains("'pi_77'", row.Problem!.Message, StringComparison.Ordinal);
        Assert.Single(Upflow.Screens.Records("payments"));

        // Whoever retries all has not looked at this one.
        await Requests.RetryAllAsync(await ConnectionAsync(), null, null, Forever);
        await RestAsync();
        await BackfillAsync(UpflowFlows.Payments);
        Assert.Equal("payment-may-be-taken", (await PaymentAsync(entered)).Problem?.Code);

        await Requests.IgnoreAsync(await ConnectionAsync(), UpflowFlows.Payments, Text(entered), null, Forever);
        await PollAsync();
        Assert.Equal(20000 - amount, Upflow.Screens.Balance("C-1", "USD"));
        Assert.Single(Upflow.Screens.Records("payments"));
    }

    [Fact]
    public async Task One_that_is_other_money_is_sent_when_that_record_is_retried()
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        Take(amount: 4000);
        var other = Intacct.Screens.Pay("C-1", [("INV-1", 40m)], reference: "cheque 5");
        await PollAsync();
        Assert.Equal("payment-may-be-taken", (await PaymentAsync(other)).Problem?.Code);
        await RetryAsync(Text(other), UpflowFlows.Payments);
        Assert.Equal(RecordState.Synced, (await PaymentAsync(other)).State);
        Assert.Equal(2000, Upflow.Screens.Outstanding("INV-1"));
    }

    [Fact]
    public async Task One_that_another_program_has_posted_under_its_number_is_known_and_others_go_on()
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        Take(amount: 4000);
        var posted = Intacct.Screens.Pay("C-1", [("INV-1", 40m)], reference: Number);
        var other = Intacct.Screens.Pay("C-1", [("INV-1", 30m)], reference: "cheque 5");
        await PollAsync();
        Assert.Equal(RecordState.Skipped, (await PaymentAsync(posted)).State);
        Assert.Equal(RecordState.Synced, (await PaymentAsync(other)).State);
        Assert.Equal(3000, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(2, Upflow.Screens.Records("payments").Count);
    }

    [Fact]
    public async Task One_that_was_asked_about_goes_on_by_itself_once_the_receipt_is_posted_as_another()
    {
        await OpenAsync();
        var payment = Take();
        Upflow.Screens.Unlink(payment);
        await PollAsync();
        var cheque = Intacct.Screens.Pay("C-1", [("INV-2", 100m)], reference: "cheque 5");
        await PollAsync();
        Assert.Equal("payment-may-be-taken", (await PaymentAsync(cheque)).Problem?.Code);
        Upflow.Screens.Link(payment, "INV-1", 10000);
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(payment)).State);
        Assert.Equal(RecordState.Synced, (await PaymentAsync(cheque)).State);
    }

    [Fact]
    public async Task An_advance_of_the_number_of_one_that_waits_is_held_and_holds_up_no_other()
    {
        await OpenAsync();
        Upflow.Screens.Unlink(Take());
        await PollAsync();
        var advance = Intacct.Screens.Advance("C-1", 100, reference: Number);
        var other = Intacct.Screens.Pay("C-1", [("INV-2", 50m)], reference: "cheque 6");
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await PaymentAsync(other)).State);
        Assert.Equal(RecordState.Pending, (await RowAsync(UpflowFlows.Payments, $"ARADVANCE-{advance}")).State);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task One_whose_row_was_lost_is_known_by_its_mark(bool receipts, bool refunded)
    {
        await OpenAsync();
        var payment = Take(amount: 4000);
        await PollAsync();
        var posted = NumberOf(Assert.Single(Counting));
        if (refunded)
            Upflow.Screens.Refund(payment);

        // A connection that is made anew knows nothing of it.
        var id = ConnectionId.Parse("anew");
        await AnewAsync(id, receipts);
        var reversed = refunded && receipts;
        Assert.Equal(reversed ? 0 : 1, Counting.Count);
        Assert.Single(Upflow.Screens.Records("payments"));
        var rows = Process.Get<KeyMapStore>();
        Assert.Equal(
            refunded && !receipts ? RecordState.NeedsAction : RecordState.Skipped,
            (await rows.GetAsync(new SyncKey(id, UpflowFlows.Payments, Text(posted)), Forever))!.State
        );
        if (receipts)
            Assert.Equal(
                Text(posted),
                (await rows.GetAsync(new SyncKey(id, UpflowFlows.Receipts, payment), Forever))!.TargetId
            );
        Assert.Equal(reversed ? 100 : 60, Due("INV-1"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_touch_of_one_from_before_does_not_post_it(bool tellsWhenMade)
    {
        UpflowOptions.TellsWhenMade = tellsWhenMade;
        await OpenAsync(s => s with { SyncReceipts = false });
        var (owed, settled) = (Take(amount: 4000), Take("INV-2", reference: "pi_78"));
        var cheque = Intacct.Screens.Pay("C-1", [("INV-2", 100m)], reference: "cheque 5");
        Clock.Advance(TimeSpan.FromHours(30));
        await ChangeSettingsAsync(s => s with { SyncReceipts = true });
        await PollAsync();
        Assert.Equal("receipt-from-before", await CodeAsync(owed));
        Assert.Equal(RecordState.Skipped, (await ReceiptAsync(settled)).State);

        Intacct.Screens.ReversePayment(cheque);
        Clock.Advance(TimeSpan.FromHours(30));
        foreach (var (payment, invoice, amount) in new[] { (owed, "INV-1", 4000), (settled, "INV-2", 10000) })
        {
            Upflow.Screens.Unlink(payment);
            Upflow.Screens.Link(payment, invoice, amount);
        }

        await PollAsync();
        Assert.Equal("receipt-from-before", await CodeAsync(owed));
        Assert.Equal("receipt-from-before", await CodeAsync(settled));
        Assert.Empty(Counting);
    }

    [Theory]
    [InlineData("upflow-payments")]
    [InlineData("upflow-credit-notes")]
    public async Task A_link_by_hand_that_would_make_a_second_one_is_refused(string flow)
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        var payment = Take(amount: 4000);
        var connection = await ConnectionAsync();
        var linked = await Process
            .Get<RecordLinks>()
            .LinkAsync(connection, FlowName.Parse(flow), "900", payment, Forever);
        Assert.Contains("second one", linked.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_draft_will_use_of_a_rest_is_not_used()
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 30);
        var mixed = Intacct.Screens.Receive(
            "C-1",
            [new PaymentRow("INV-1", Money: 70, Credit: 30, CreditMemo: memo)],
            total: 100
        );
        var use = Intacct.Screens.ApplyCredit(mixed, [("INV-2", 20m)]);
        await PollAsync();
        await PollAsync();
        Assert.Equal(8000, Upflow.Screens.Outstanding("INV-2"));
        Intacct.Screens.BackToDraft(use);
        Clock.Advance(TimeSpan.FromHours(1));
        await RetryAsync(Text(use), UpflowFlows.Payments);
        await RetryAsync(Text(mixed), UpflowFlows.Payments);
        var payment = Upflow.Screens.Record("payments", $"ARPYMT-{Text(mixed)}")!;
        Assert.Equal(10000, (long)payment["amount"]!);
        Assert.Equal(3000, Upflow.Screens.Unlinked("payments", $"ARPYMT-{Text(mixed)}"));
    }

    private async Task AnewAsync(ConnectionId id, bool receipts)
    {
        var store = Process.Get<ConnectionStore>();
        await store.ChangeAsync(Id, c => c with { Active = false }, Forever);
        Clock.Advance(TimeSpan.FromDays(2));
        await ConnectUpflowAsync(
            s =>
                s with
                {
                    SyncReceipts = receipts,
                    Receipts = new ReceiptSettings { BankAccountId = "BANK" },
                },
            id
        );
        foreach (var flow in UpflowFlows.All.Select(f => f.Name).Where(f => f != UpflowFlows.Receipts))
        {
            await Process
                .Get<Backfill>()
                .StartAsync((await store.GetAsync(id, Forever))!, flow, since: null, requested: true, Forever);
            await RestAsync();
        }

        await PollAsync();
        await PollAsync();
    }

    private async Task<KeyMapEntry> PaymentAsync(int payment) => await RowAsync(UpflowFlows.Payments, Text(payment));

    private PersonRequests Requests => Process.Get<PersonRequests>();
}
