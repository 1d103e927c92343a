using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Intacct's lists show up to two hours late what was written. Until then it is not concluded that a payment is not
/// there: neither the receipt's own, nor one that somebody has entered by hand.
/// </summary>
public sealed class What_is_shown_late_is_not_posted_twice : ReceiptsRoadTest
{
    [Fact]
    public async Task Its_own_payment_is_waited_for_and_found()
    {
        var payment = await PostUnseenAsync();
        await RestAsync(TimeSpan.FromMinutes(115));
        Assert.Equal((RecordState.InDoubt, null), await StateAsync(payment));
        Wire.Change = null;
        await PollAsync();
        await PollAsync();
        Assert.Equal((RecordState.Synced, null), await StateAsync(payment));
        Assert.Single(Posted);
        Assert.Equal(60, Due("INV-1"));
    }

    [Fact]
    public async Task Its_own_payment_that_stays_hidden_needs_a_person_and_a_retry_posts_no_second_one()
    {
        var payment = await PostUnseenAsync();
        await RestAsync(TimeSpan.FromHours(5));
        Assert.Equal("receipt-invoice-payment-hidden", await CodeAsync(payment));
        for (var i = 0; i < 2; i++)
        {
            await RetryAsync(payment);
            await RestAsync(TimeSpan.FromHours(5));
            Assert.Single(Posted);
            Assert.Equal("write-vanished", await CodeAsync(payment));
        }

        Wire.Change = null;
        await RetryAsync(payment);
        await PollAsync();
        Assert.Equal((RecordState.Synced, null), await StateAsync(payment));
        Assert.Single(Posted);
    }

    [Fact]
    public async Task Its_own_payment_of_which_nothing_shows_is_not_sent_again_though_the_invoice_owes_it_still()
    {
        await OpenAsync();
        var payment = Take("INV-1", 4000);
        Hide("ARPYMT", "ARPYMTDETAIL", "ARINVOICE");
        await LoseAnswerAsync();
        await RestAsync(TimeSpan.FromHours(5));
        Assert.Single(Posted);
        Assert.NotEqual(RecordState.Synced, (await ReceiptAsync(payment)).State);
    }

    [Fact]
    public async Task One_that_was_entered_by_hand_is_waited_for_where_its_invoice_says_that_it_was_paid()
    {
        await OpenAsync();
        var payment = Take(amount: 4000);
        Intacct.Screens.Pay("C-1", [("INV-1", 40m)], reference: "web 17");
        Hide("ARPYMT", "ARPYMTDETAIL");
        await PollSoonAsync();
        Assert.Equal((RecordState.Pending, null), await StateAsync(payment));
        Assert.Contains(
            "does not show yet",
            (await ReceiptAsync(payment)).Timeline[^1].Detail,
            StringComparison.Ordinal
        );
        Wire.Change = null;
        await PollAsync();
        Assert.Equal("receipt-may-be-entered", await CodeAsync(payment));
        Assert.Single(Counting);
    }

    [Fact]
    public async Task One_that_stays_hidden_is_asked_about_after_two_hours_and_a_retry_of_that_record_posts_it()
    {
        await OpenAsync();
        var payment = Take(amount: 4000);
        Intacct.Screens.Pay("C-1", [("INV-1", 30m)], reference: "cheque 5");
        Hide("ARPYMT", "ARPYMTDETAIL");
        await PollAsync();
        await RestAsync(TimeSpan.FromHours(3));
        Assert.Equal("receipt-invoice-payment-hidden", await CodeAsync(payment));
        await Process.Get<PersonRequests>().RetryAllAsync(await ConnectionAsync(), UpflowFlows.Receipts, null, Forever);
        await RestAsync();
        Assert.Equal("receipt-invoice-payment-hidden", await CodeAsync(payment));
        Assert.Single(Counting);
        await RetryAsync(payment);
        Assert.Equal((RecordState.Synced, null), await StateAsync(payment));
        Assert.Equal(30, Due("INV-1"));
    }

    [Fact]
    public async Task An_invoice_whose_payments_are_all_shown_holds_nothing_up()
    {
        await OpenAsync();
        var first = Take(amount: 4000, reference: "pi_1");
        Intacct.Screens.Pay("C-1", [("INV-1", 30m)], reference: "cheque 5");
        await PollAsync();
        var second = Take(amount: 2000, reference: "pi_2");
        await PollAsync();
        Assert.Equal((RecordState.Synced, null), await StateAsync(first));
        Assert.Equal((RecordState.Synced, null), await StateAsync(second));
        Assert.Equal(10, Due("INV-1"));
    }

    [Fact]
    public async Task Two_payments_with_the_mark_of_one_receipt_need_a_person()
    {
        await OpenAsync();
        var payment = Take(amount: 4000);
        await PollAsync();
        var description = $"<DESCRIPTION>{Assert.Single(Counting)["DESCRIPTION"]}</DESCRIPTION>";
        var second = Intacct.Screens.Pay("C-1", [("INV-2", 40m)], reference: Number);
        Wire.Change = (_, answer) =>
            string.Join(
                "</ARPYMT>",
                answer
                    .Split("</ARPYMT>")
                    .Select(one =>
                        one.Contains($"<RECORDNO>{second}</RECORDNO>", StringComparison.Ordinal)
                            ? one.Replace("<DESCRIPTION></DESCRIPTION>", description, StringComparison.Ordinal)
                                .Replace("<DESCRIPTION/>", description, StringComparison.Ordinal)
                                .Replace("<DESCRIPTION />", description, StringComparison.Ordinal)
                            : one
                    )
            );
        await PollAsync();
        await PollAsync();
        Assert.Equal("receipt-posted-twice", await CodeAsync(payment));
        Assert.Contains(Text(second), (await ReceiptAsync(payment)).Problem!.Fix, StringComparison.Ordinal);
        Assert.Single(Upflow.Screens.Records("payments"));

        Intacct.Screens.ReversePayment(second);
        await PollAsync();
        await RetryAsync(payment);
        Assert.Equal((RecordState.Synced, null), await StateAsync(payment));
    }

    /// <summary>A receipt that is posted, of which neither an answer came nor a list shows anything.</summary>
    private async Task<string> PostUnseenAsync()
    {
        await OpenAsync();
        var payment = Take(amount: 4000);
        Hide("ARPYMT", "ARPYMTDETAIL");
        await LoseAnswerAsync();
        Assert.Single(Posted);
        return payment;
    }

    private async Task LoseAnswerAsync()
    {
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = "resetAfter",
                Match = Fields(("function", "create")),
                Times = 1,
            }
        );
        await PollSoonAsync();
    }

    private async Task PollSoonAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process.Get<Poller>().TickAsync([.. UpflowFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(5));
    }

    /// <summary>No list shows records of these objects; what is read by its key is shown.</summary>
    private void Hide(params string[] objects) =>
        Wire.Change = (sent, answer) =>
            sent.Contains("<query>", StringComparison.Ordinal)
                ? objects.Aggregate(answer, (shown, name) => HiddenRecords.Hide(shown, name))
                : answer;

    private async Task<(RecordState State, string? Code)> StateAsync(string payment)
    {
        var row = await ReceiptAsync(payment);
        return (row.State, row.Problem?.Code);
    }
}
