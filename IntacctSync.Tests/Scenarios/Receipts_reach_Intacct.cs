using System.Globalization;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class Receipts_reach_Intacct : ReceivablesRoadTest
{
    [Fact]
    public async Task A_payment_that_was_taken_in_the_portal_is_posted_once_and_comes_back_no_second_time()
    {
        var invoice = await OpenAsync();
        var payment = Pay();
        await PollAsync();
        var posted = Assert.Single(Payments);
        Assert.Equal(
            ("pi_77", "C-1", "Credit Card", "BANK", "Complete", "100.00"),
            (
                posted["DOCNUMBER"],
                posted["CUSTOMERID"],
                posted["PAYMENTMETHOD"],
                posted["FINANCIALENTITY"],
                posted["DISPLAYSTATE"],
                decimal.Parse(posted["TRX_TOTALENTERED"], CultureInfo.InvariantCulture)
                    .ToString("0.00", CultureInfo.InvariantCulture)
            )
        );
        Assert.Equal(0, DueOf(invoice));
        await PollAsync();
        await PollAsync();
        Assert.Single(Payments);
        Assert.Equal(payment, Assert.Single(Upflow.Screens.Records("payments"))["id"]!.ToString());
        Assert.Equal(0, Upflow.Screens.Balance("C-1", "USD"));
        var facts = (await RowAsync(UpflowFlows.Receipts, payment)).Facts;
        Assert.Equal((100m, "USD", "C-1"), (facts?.Amount, facts?.Currency, facts?.Party));
    }

    [Fact]
    public async Task A_payment_is_pending_until_all_of_it_is_linked()
    {
        var invoice = await OpenAsync();
        var payment = Upflow.Screens.TakePayment("C-1", 6000, reference: "pi_78");
        await PollAsync();
        Assert.Empty(Payments);
        var row = await RowAsync(UpflowFlows.Receipts, payment);
        Assert.Equal(RecordState.Pending, row.State);
        Assert.Contains("0.00 USD of 60.00 USD", row.Timeline[^1].Detail, StringComparison.Ordinal);
        Upflow.Screens.Link(payment, "INV-1", 6000);
        await PollAsync();
        Assert.Single(Payments);
        Assert.Equal(40, DueOf(invoice));
    }

    [Fact]
    public async Task A_refund_of_all_of_it_reverses_what_was_posted()
    {
        var invoice = await OpenAsync();
        var payment = Pay();
        await PollAsync();
        Upflow.Screens.Refund(payment);
        await PollAsync();
        Assert.Equal(["Reversal", "Reversed"], Payments.Select(p => p["DISPLAYSTATE"]).Order());
        Assert.Equal(100, DueOf(invoice));
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Receipts, payment)).State);
        Assert.Equal(10000, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Fact]
    public async Task A_refund_of_a_part_and_links_that_change_need_a_person()
    {
        await OpenAsync();
        var payment = Pay();
        await PollAsync();
        Upflow.Screens.Unlink(payment);
        await PollAsync();
        Assert.Equal("receipt-links-changed", await CodeAsync(payment));
        Upflow.Screens.Link(payment, "INV-1", 10000);
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Receipts, payment)).State);
        Upflow.Screens.Refund(payment, 1000);
        await PollAsync();
        Assert.Equal("receipt-refunded-in-part", await CodeAsync(payment));
    }

    [Fact]
    public async Task A_reversal_by_hand_needs_a_person()
    {
        await OpenAsync();
        var payment = Pay();
        await PollAsync();
        Intacct.Screens.ReversePayment(int.Parse(Payments[0]["RECORDNO"], CultureInfo.InvariantCulture));
        await PollAsync();
        Assert.Equal("receipt-reversed-by-hand", await CodeAsync(payment));
    }

    [Fact]
    public async Task A_reversal_by_hand_is_seen_by_a_retry_only_while_payments_are_not_synced()
    {
        await OpenAsync();
        await ChangeSettingsAsync(s => s with { SyncPayments = false });
        var payment = Pay();
        await PollAsync();
        Intacct.Screens.ReversePayment(int.Parse(Payments[0]["RECORDNO"], CultureInfo.InvariantCulture));
        await PollAsync();
        Assert.Null(await CodeAsync(payment));
        await Process.Get<PersonRequests>().RetryAsync(await ConnectionAsync(), UpflowFlows.Receipts, payment, Forever);
        await RestAsync();
        Assert.Equal("receipt-reversed-by-hand", await CodeAsync(payment));
    }

    [Fact]
    public async Task An_edit_by_hand_needs_a_person_until_both_sides_agree_again()
    {
        await OpenAsync();
        Intacct.Screens.PostInvoice("C-1", "INV-2", 100);
        await PollAsync();
        var payment = Pay();
        await PollAsync();
        var posted = int.Parse(Assert.Single(Payments)["RECORDNO"], CultureInfo.InvariantCulture);
        Intacct.Screens.EditPayment(posted, [new PaymentRow("INV-2", 100)]);
        await PollAsync();
        Assert.Equal("receipt-changed-in-intacct", await CodeAsync(payment));
        var writes = Writes;
        Upflow.Screens.Unlink(payment);
        Upflow.Screens.Link(payment, "INV-2", 10000);
        await PollAsync();
        var row = await RowAsync(UpflowFlows.Receipts, payment);
        Assert.Equal((RecordState.Synced, null), (row.State, row.Problem));
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Receipts, payment)).State);
        Assert.Equal(writes, Writes);
        Assert.Single(Payments);
    }

    [Fact]
    public async Task What_is_posted_and_not_visible_yet_is_waited_for_and_asks_nobody()
    {
        await OpenAsync();
        Intacct.Options.VisibilityDelay = TimeSpan.FromMinutes(40);
        var payment = Pay();
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process.Get<Poller>().TickAsync([UpflowFlows.Receipts], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Single(Payments);
        await Process.Get<PersonRequests>().RetryAsync(await ConnectionAsync(), UpflowFlows.Receipts, payment, Forever);
        await RestAsync(TimeSpan.FromMinutes(20));
        var row = await RowAsync(UpflowFlows.Receipts, payment);
        Assert.Equal(RecordState.Pending, row.State);
        Assert.Contains("does not show all that it pays yet", row.Timeline[^1].Detail, StringComparison.Ordinal);
        await RestAsync(TimeSpan.FromMinutes(30));
        row = await RowAsync(UpflowFlows.Receipts, payment);
        Assert.Equal(RecordState.Synced, row.State);
        Assert.DoesNotContain(row.Timeline, t => t.What == "needsAction");
    }

    [Fact]
    public async Task An_edit_of_the_amount_by_hand_needs_a_person()
    {
        await OpenAsync();
        var payment = Pay();
        await PollAsync();
        var posted = int.Parse(Assert.Single(Payments)["RECORDNO"], CultureInfo.InvariantCulture);
        Intacct.Screens.EditPayment(posted, [new PaymentRow("INV-1", 90)], total: 90);
        await PollAsync();
        var problem = (await RowAsync(UpflowFlows.Receipts, payment)).Problem;
        Assert.Equal("receipt-changed-in-intacct", problem?.Code);
        Assert.Contains("90.00 USD", problem!.Message, StringComparison.Ordinal);
        Assert.Single(Upflow.Screens.Records("payments"));
    }

    [Theory]
    [InlineData(false, "receipt-changed-in-intacct")]
    [InlineData(true, "receipt-payment-missing")]
    public async Task One_that_is_made_a_draft_or_deleted_by_hand_needs_a_person(bool deleted, string code)
    {
        await OpenAsync();
        var payment = Pay();
        await PollAsync();
        var posted = int.Parse(Assert.Single(Payments)["RECORDNO"], CultureInfo.InvariantCulture);
        Intacct.Screens.BackToDraft(posted);
        if (deleted)
            Intacct.Screens.DeletePayment(posted);
        Clock.Advance(TimeSpan.FromHours(4));
        await PollAsync();
        Assert.Equal(code, await CodeAsync(payment));
    }

    [Fact]
    public async Task Without_an_account_a_person_is_needed_and_a_retry_posts_it()
    {
        await OpenAsync(new ReceiptSettings());
        var payment = Pay();
        await PollAsync();
        Assert.Equal("receipt-account-missing", await CodeAsync(payment));
        await ChangeSettingsAsync(s => s with { Receipts = new ReceiptSettings { BankAccountId = "BANK" } });
        await Process.Get<PersonRequests>().RetryAllAsync(await ConnectionAsync(), null, null, Forever);
        await RestAsync();
        Assert.Single(Payments);
    }

    [Fact]
    public async Task An_invoice_that_was_paid_otherwise_meanwhile_needs_a_person()
    {
        await OpenAsync();
        var payment = Pay();
        Intacct.Screens.Pay("C-1", [("INV-1", 70m)]);
        await PollAsync();
        Assert.Equal("receipt-invoice-paid", await CodeAsync(payment));
        Assert.Single(Payments);
    }

    [Theory]
    [InlineData("resetAfter")]
    [InlineData("http524")]
    [InlineData("truncated")]
    public async Task A_lost_answer_posts_nothing_twice_and_sends_nothing_back(string fault)
    {
        var invoice = await OpenAsync();
        Pay();
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = fault,
                Match = Fields(("function", "create")),
                Times = 1,
            }
        );
        await PollAsync();
        await PollAsync();
        await PollAsync();
        Assert.Single(Payments);
        Assert.Equal(0, DueOf(invoice));
        Assert.Single(Upflow.Screens.Records("payments"));
    }

    [Fact]
    public async Task A_payment_that_another_integration_has_posted_is_adopted()
    {
        await OpenAsync();
        var payment = Pay();
        var there = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: "pi_77");
        await PollAsync();
        await PollAsync();
        Assert.Single(Payments);
        Assert.Equal(Text(there), (await RowAsync(UpflowFlows.Receipts, payment)).TargetId);
        Assert.Single(Upflow.Screens.Records("payments"));
    }

    [Fact]
    public async Task A_payment_that_is_not_shown_once_is_posted_all_the_same()
    {
        await OpenAsync();
        HidePayments(times: 2, skip: 1);
        var payment = Pay();
        await PollAsync();
        Assert.Single(Payments);
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Receipts, payment)).State);
    }

    [Fact]
    public async Task A_payment_that_is_not_shown_for_an_hour_needs_a_person_and_is_posted_once_it_is_shown()
    {
        await OpenAsync();
        HidePayments(times: 0, skip: 1);
        var payment = Pay();
        await PollAsync();
        Assert.Equal("upflow-records-missing", (await RowAsync(UpflowFlows.Receipts, payment)).Problem?.Code);
        Assert.Empty(Payments);

        Upflow.Faults.Clear();
        await PollAsync();
        Assert.Single(Payments);
    }

    [Theory]
    [InlineData(2, RecordState.Synced)]
    [InlineData(0, RecordState.NeedsAction)]
    public async Task Of_a_posted_payment_that_is_not_shown_a_person_is_asked_only_if_it_stays_so(
        int times,
        RecordState expected
    )
    {
        await OpenAsync();
        var payment = Pay();
        await PollAsync();
        HidePayments(times);
        await Process.Get<PersonRequests>().RetryAsync(await ConnectionAsync(), UpflowFlows.Receipts, payment, Forever);
        await RestAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(RecordState.Pending, (await RowAsync(UpflowFlows.Receipts, payment)).State);
        await RestAsync();
        Assert.Equal(expected, (await RowAsync(UpflowFlows.Receipts, payment)).State);
        Assert.Single(Payments);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_posted_payment_that_vanishes_from_Upflow_is_noticed_and_a_person_is_asked(bool others)
    {
        await OpenAsync();
        var payment = Pay();
        if (others)
        {
            Intacct.Screens.PostInvoice("C-1", "INV-2", 40);
            await PollAsync();
            Upflow.Screens.PayInPortal([("INV-2", null)], reference: "pi_78");
        }

        await PollAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Receipts, payment)).State);
        var posted = Payments.Count;
        Upflow.Screens.Delete("payments", payment);
        await PollAsync();

        var row = await RowAsync(UpflowFlows.Receipts, payment);
        Assert.Equal(RecordState.NeedsAction, row.State);
        Assert.Equal(posted, Payments.Count);
        Assert.All(Payments, p => Assert.Equal("Complete", p["DISPLAYSTATE"]));
    }

    [Fact]
    public async Task A_list_that_shows_none_of_many_has_a_few_of_them_looked_at()
    {
        await OpenAsync();
        for (var i = 1; i <= 8; i++)
            Upflow.Screens.PayInPortal([("INV-1", 1000)], reference: $"pi_{i}");
        await PollAsync();
        Assert.Equal(8, Payments.Count);
        await PollAsync();
        HidePayments(times: 0);
        await PollAsync();
        var page = await Process
            .Get<Core.KeyMap.RecordQuery>()
            .ListAsync(Id, UpflowFlows.Receipts, RecordState.Synced, null, null, 50, Forever);
        Assert.Equal(3, page.Items.Count);
    }

    [Fact]
    public async Task A_list_that_passes_a_posted_payment_over_once_changes_nothing()
    {
        await OpenAsync();
        var payment = Pay();
        await PollAsync();
        HidePayments(times: 1);
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Receipts, payment)).State);
        Assert.Single(Payments);
    }

    private void HidePayments(int times, int skip = 0) =>
        Upflow.Faults.Add(
            new FaultRule
            {
                Fault = UpflowFaults.EmptyList,
                Match = Fields(("route", "GET /v1/payments")),
                Times = times,
                Skip = skip,
            }
        );

    private IReadOnlyList<IReadOnlyDictionary<string, string>> Payments => Intacct.Company.Records("ARPYMT");

    private async Task<int> OpenAsync(ReceiptSettings? receipts = null)
    {
        await ConnectUpflowAsync(s =>
            s with
            {
                SyncReceipts = true,
                Receipts = receipts ?? new ReceiptSettings { BankAccountId = "BANK" },
            }
        );
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        var invoice = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        return invoice;
    }

    private string Pay() => Upflow.Screens.PayInPortal([("INV-1", null)], reference: "pi_77");

    private decimal DueOf(int invoice) =>
        decimal.Parse(
            Intacct.Company.Record("ARINVOICE", Text(invoice))!["TRX_TOTALDUE"],
            CultureInfo.InvariantCulture
        );

    private async Task<string?> CodeAsync(string payment) =>
        (await RowAsync(UpflowFlows.Receipts, payment)).Problem?.Code;
}
