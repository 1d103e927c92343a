using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// A person does what the text of a record advises, in Intacct, in Upflow and here. In the end the money is in both
/// systems once, and nothing needs anybody.
/// </summary>
public sealed class What_is_advised_about_receipts_leads_to_an_end : ReceiptsRoadTest
{
    /// <summary>Whether a poll comes between what is done in Intacct and the link.</summary>
    public static TheoryData<bool> Polled => [false, true];

    [Theory]
    [MemberData(nameof(Polled))]
    public async Task Of_a_refund_in_part(bool polled)
    {
        var payment = await PostedAsync();
        Upflow.Screens.Refund(payment, 3000);
        await PollAsync();
        await AssertAdviceAsync(payment, "receipt-refunded-in-part", "enter what is left of it");
        Intacct.Screens.ReversePayment(NumberOf(Counting[0]));
        await EnterAsync(payment, 70, "INV-1", polled);
        await IgnoreAsync(payment);
        await AssertEndAsync(payment, due: 30, paid: 70, RecordState.Skipped);
    }

    [Theory]
    [MemberData(nameof(Polled))]
    public async Task Of_a_refund_in_part_before_it_was_posted(bool polled)
    {
        await OpenAsync(posted: false);
        var payment = Take();
        Upflow.Screens.Refund(payment, 3000);
        await PollAsync();
        await AssertAdviceAsync(payment, "receipt-refunded-in-part", "Enter what is left of it");
        await EnterAsync(payment, 70, "INV-1", polled);
        await IgnoreAsync(payment);
        await AssertEndAsync(payment, due: 30, paid: 70, RecordState.Skipped);
    }

    [Theory]
    [MemberData(nameof(Polled))]
    public async Task Of_links_that_changed(bool polled)
    {
        var payment = await PostedAsync();
        Upflow.Screens.Unlink(payment);
        Upflow.Screens.Link(payment, "INV-2", 10000);
        await PollAsync();
        await AssertAdviceAsync(payment, "receipt-links-changed", "enter it anew");
        Intacct.Screens.ReversePayment(NumberOf(Counting[0]));
        await EnterAsync(payment, 100, "INV-2", polled);
        await AssertEndAsync(payment, due: 100, paid: 100);
    }

    [Theory]
    [MemberData(nameof(Polled))]
    public async Task Of_a_reversal_by_hand_that_was_a_mistake(bool polled)
    {
        var payment = await PostedAsync();
        Intacct.Screens.ReversePayment(NumberOf(Counting[0]));
        await PollAsync();
        await AssertAdviceAsync(payment, "receipt-reversed-by-hand", "enter it in Intacct again");
        await EnterAsync(payment, 100, "INV-1", polled);
        await AssertEndAsync(payment, due: 0, paid: 100);
    }

    [Fact]
    public async Task Of_a_reversal_by_hand_that_was_meant()
    {
        var payment = await PostedAsync();
        Intacct.Screens.ReversePayment(NumberOf(Counting[0]));
        await PollAsync();
        await AssertAdviceAsync(payment, "receipt-reversed-by-hand", "Refund the payment in Upflow");
        Upflow.Screens.Refund(payment);
        await RetryAsync(payment);
        await AssertEndAsync(payment, due: 100, paid: 0);
    }

    [Theory]
    [MemberData(nameof(Polled))]
    public async Task Of_one_that_was_deleted_in_Intacct(bool polled)
    {
        var payment = await PostedAsync();
        var posted = NumberOf(Counting[0]);
        Intacct.Screens.BackToDraft(posted);
        Intacct.Screens.DeletePayment(posted);
        Clock.Advance(TimeSpan.FromHours(4));
        await PollAsync();
        await AssertAdviceAsync(payment, "receipt-payment-missing", "enter it again");
        await EnterAsync(payment, 100, "INV-1", polled);
        await AssertEndAsync(payment, due: 0, paid: 100);
    }

    [Fact]
    public async Task Of_one_that_is_gone_in_Upflow()
    {
        var payment = await PostedAsync();
        Take("INV-3", reference: "pi_78");
        await PollAsync();
        Upflow.Screens.Delete("payments", payment);
        await PollAsync();
        await AssertAdviceAsync(payment, "receipt-gone", "reverse the payment in Intacct");
        Intacct.Screens.ReversePayment(NumberOf(Counting.Single(p => p["DOCNUMBER"] == Number)));
        await IgnoreAsync(payment);
        await PollAsync();
        await PollAsync();
        Assert.Equal((100m, 10000L), (Due("INV-1"), Upflow.Screens.Outstanding("INV-1")));
        Assert.Single(Upflow.Screens.Records("payments"));
        await AssertNothingNeedsAnybodyAsync();
    }

    [Fact]
    public async Task Of_several_that_it_may_be()
    {
        await OpenAsync();
        var first = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: Number);
        var second = Intacct.Screens.Pay("C-1", [("INV-2", 100m)], reference: Number);
        var payment = Take();
        await PollAsync();
        await AssertAdviceAsync(payment, "receipt-ambiguous", "Link the one that it is");
        Assert.True(await LinkAsync(payment, first));
        await PollAsync();
        Assert.NotNull(Upflow.Screens.Record("payments", $"ARPYMT-{Text(second)}"));
        Assert.Null(Upflow.Screens.Record("payments", $"ARPYMT-{Text(first)}"));
        Assert.Equal((0m, 0m, 0L), (Due("INV-1"), Due("INV-2"), Upflow.Screens.Balance("C-1", "USD")));
        await AssertNothingNeedsAnybodyAsync();
    }

    [Theory]
    [InlineData("link")]
    [InlineData("refund")]
    [InlineData("enter")]
    public async Task Of_one_whose_invoice_was_deleted(string how)
    {
        await OpenAsync(posted: false);
        var payment = Take();
        await PollAsync();
        await ChangeSettingsAsync(s => s with { Receipts = new ReceiptSettings { BankAccountId = "BANK" } });
        Intacct.Screens.DeleteInvoice("INV-1");
        Clock.Advance(TimeSpan.FromHours(4));
        await PollAsync();
        await PollAsync();
        Assert.Null(Invoice("INV-1"));
        await AssertAdviceAsync(payment, "receipt-invoice-gone", "Link all of it in Upflow");
        Assert.Contains("INV-1", (await ReceiptAsync(payment)).Problem!.Message, StringComparison.Ordinal);
        await MendAsync(payment, how);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("refund")]
    [InlineData("enter")]
    public async Task Of_one_that_nobody_links(string how)
    {
        await OpenAsync();
        Intacct.Screens.DeleteInvoice("INV-1");
        Clock.Advance(TimeSpan.FromHours(4));
        await PollAsync();
        var payment = Upflow.Screens.TakePayment("C-1", 10000, reference: Number);
        await PollAsync();
        Assert.Equal(RecordState.Pending, (await ReceiptAsync(payment)).State);
        await RestAsync(TimeSpan.FromHours(80));
        await AssertAdviceAsync(payment, "receipt-left-unlinked", "Link all of it in Upflow");
        await MendAsync(payment, how);
    }

    [Fact]
    public async Task Of_one_whose_invoice_was_reversed()
    {
        await OpenAsync(posted: false);
        var payment = Take();
        await PollAsync();
        await ChangeSettingsAsync(s => s with { Receipts = new ReceiptSettings { BankAccountId = "BANK" } });
        Intacct.Screens.ReverseInvoice("INV-1");
        await PollAsync();
        await RetryAsync(payment);
        await AssertAdviceAsync(payment, "receipt-invoice-paid", "INV-1");
        Upflow.Screens.Unlink(payment);
        Upflow.Screens.Link(payment, "INV-2", 10000);
        await PollAsync();
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(payment)).State);
        Assert.Equal(0, Due("INV-2"));
        Assert.Equal(0, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Fact]
    public async Task Of_one_whose_invoice_was_paid_otherwise()
    {
        await OpenAsync();
        var payment = Take();
        var cheque = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: "cheque 5");
        await PollAsync();
        await AssertAdviceAsync(payment, "receipt-may-be-entered", "cheque 5");
        Upflow.Screens.Unlink(payment);
        Upflow.Screens.Link(payment, "INV-2", 10000);
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Payments, Text(cheque))).State);
        await AssertNothingNeedsAnybodyAsync();
        Assert.Equal((0m, 0m, 0L), (Due("INV-1"), Due("INV-2"), Upflow.Screens.Balance("C-1", "USD")));
        Assert.Equal(2, Counting.Count);
    }

    [Theory]
    [InlineData("reversed")]
    [InlineData("applied")]
    public async Task Of_an_advance_that_was_entered_by_hand(string then)
    {
        await OpenAsync();
        var advance = Intacct.Screens.Advance("C-1", 100, reference: "web 17");
        await PollAsync();
        Assert.NotNull(Upflow.Screens.Record("payments", $"ARADVANCE-{Text(advance)}"));
        var payment = Take();
        await PollAsync();
        await AssertAdviceAsync(payment, "receipt-may-be-entered", "link that payment to this record");
        Assert.True(await LinkAsync(payment, advance));
        Assert.Null(Upflow.Screens.Record("payments", $"ARADVANCE-{Text(advance)}"));
        await AssertAdviceAsync(payment, "receipt-changed-in-intacct", "as it is in Upflow again");
        if (then == "reversed")
        {
            Intacct.Screens.ReversePayment(advance);
            await PollAsync();
            await AssertAdviceAsync(payment, "receipt-reversed-by-hand", "Refund the payment in Upflow");
            return;
        }

        Intacct.Screens.ApplyCredit(advance, [("INV-1", 100m)]);
        await PollAsync();
        await RetryAsync(payment);
        Assert.Equal((0m, 10000L), (Due("INV-1"), Upflow.Screens.Balance("C-1", "USD")));
        Assert.Equal(payment, Assert.Single(Upflow.Screens.Records("payments"))["id"]!.ToString());
        await AssertNothingNeedsAnybodyAsync();
    }

    private async Task MendAsync(string payment, string how)
    {
        if (how == "link")
            Upflow.Screens.Link(payment, "INV-2", 10000);
        else if (how == "refund")
            Upflow.Screens.Refund(payment);
        else
        {
            await EnterAsync(payment, 100, "INV-2", polled: true);
            await AssertAdviceAsync(payment, "receipt-changed-in-intacct", "link it in Upflow as it is in Intacct");
            Upflow.Screens.Link(payment, "INV-2", 10000);
        }

        await PollAsync();
        await PollAsync();
        var paid = how == "refund" ? 0 : 100;
        Assert.Equal(
            (100m - paid, (100 - paid) * 100L, how == "refund" ? 0 : 1),
            (Due("INV-2"), Upflow.Screens.Balance("C-1", "USD"), Counting.Count)
        );
        Assert.Single(Upflow.Screens.Records("payments"));
        await AssertNothingNeedsAnybodyAsync();
    }

    private async Task<string> PostedAsync()
    {
        await OpenAsync();
        var payment = Take();
        await PollAsync();
        Assert.Single(Counting);
        return payment;
    }

    private async Task EnterAsync(string payment, decimal amount, string invoice, bool polled)
    {
        var entered = Intacct.Screens.Pay("C-1", [(invoice, amount)], reference: Number);
        if (polled)
            await PollAsync();
        Assert.True(await LinkAsync(payment, entered));
    }

    private async Task AssertAdviceAsync(string payment, string code, string part)
    {
        var row = await ReceiptAsync(payment);
        Assert.Equal((RecordState.NeedsAction, code), (row.State, row.Problem?.Code));
        Assert.Contains(part, row.Problem!.Message + row.Problem.Fix, StringComparison.Ordinal);
    }

    private async Task AssertEndAsync(string payment, int due, int paid, RecordState state = RecordState.Synced)
    {
        await PollAsync();
        await PollAsync();
        Assert.Equal(state, (await ReceiptAsync(payment)).State);
        Assert.Equal((decimal)due, Due("INV-1"));
        Assert.Equal((200 - paid) * 100L, Upflow.Screens.Balance("C-1", "USD"));
        Assert.Equal(paid == 0 ? 0 : 1, Counting.Count);
        Assert.Single(Upflow.Screens.Records("payments"));
        await AssertNothingNeedsAnybodyAsync();
    }

    private async Task AssertNothingNeedsAnybodyAsync()
    {
        foreach (var flow in UpflowFlows.All.Select(f => f.Name))
        {
            var page = await Process.Get<Core.KeyMap.RecordQuery>().ListAsync(Id, flow, null, null, null, 200, Forever);
            Assert.All(
                page.Items,
                e =>
                    Assert.True(
                        e.State is RecordState.Synced or RecordState.Skipped,
                        $"{e.Key}: {e.State} {e.Problem} {e.Timeline[^1].Detail}"
                    )
            );
        }
    }
}
