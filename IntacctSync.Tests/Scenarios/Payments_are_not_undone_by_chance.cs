using System.Globalization;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Payments_are_not_undone_by_chance : BooksTest
{
    [Fact]
    public async Task A_refusal_on_one_invoice_does_not_hide_a_lost_reply_on_another()
    {
        await OpenBooksAsync();
        var (one, two) = (await InvoiceAsync(100), await InvoiceAsync(50));
        Zuper.Screens.Pay(one.Uid, 100, ZuperPaymentModes.Cash, "till");
        Zuper.Faults.Add(
            new()
            {
                Fault = ZuperFaults.LostAnswer,
                Match = Fields(("method", "PUT"), ("path", $"/api/invoice/{two.Uid}/status")),
            }
        );
        var payment = Intacct.Screens.Pay(Customer, [(one.Number, 100), (two.Number, 20)]);
        await PollAsync();
        Assert.Equal(["100 till"], Standing(one.Uid));
        Assert.Equal([$"20 SAGE-{payment}"], Standing(two.Uid));
        var entry = await PaymentEntryAsync(payment);
        Assert.Null(entry.Intent);
        Assert.Equal("zuper-invoice-paid-otherwise", entry.Problem?.Code);
        Assert.DoesNotContain("ignore this payment", entry.Problem!.Fix, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_sum_that_goes_back_after_a_half_done_correction_stands_again()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        ChangeSum(payment, 40);
        await ChangeSettingsAsync(s => s with { DefaultPaymentModeUid = ZuperCategories.Parts });
        await PollAsync();
        Assert.Equal([$"-60 SAGE-{payment}"], Standing(uid));
        Assert.Equal(RecordState.NeedsAction, (await PaymentEntryAsync(payment)).State);

        await ChangeSettingsAsync(s => s with { DefaultPaymentModeUid = ZuperPaymentModes.Cheque.Uid });
        ChangeSum(payment, 60);
        await PollAsync();
        Assert.Equal([$"-60 SAGE-{payment}", $"60 SAGE-{payment}-2"], Standing(uid));
    }

    [Fact]
    public async Task A_retry_by_a_person_looks_at_Zuper_and_puts_back_what_somebody_voided_there()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        Zuper.Screens.Void(Transaction(uid));
        await RetryAsync(payment);
        Assert.Equal([$"-60 SAGE-{payment}", $"60 SAGE-{payment}-2"], Standing(uid));
    }

    [Fact]
    public async Task A_payment_that_is_not_shown_stays_until_its_deletion_is_told()
    {
        await OpenBooksAsync();
        Intacct.Options.AuditHistoryDenied = true;
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        Tamper("ARPYMT", Key(payment));
        await RetryAsync(payment);
        Assert.Equal([$"60 SAGE-{payment}"], Standing(uid));
        Assert.Equal("intacct-records-missing", (await PaymentEntryAsync(payment)).Problem?.Code);

        Intacct.Options.AuditHistoryDenied = false;
        Clock.Advance(TimeSpan.FromDays(2));
        await PollAsync();
        Assert.Equal([$"-60 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task A_payment_whose_details_are_not_shown_stays_and_a_void_by_hand_settles_it()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        foreach (
            var detail in Intacct.Company.Records("ARPYMTDETAIL").Where(d => d["PAYMENTKEY"] == Key(payment)).ToList()
        )
            Tamper("ARPYMTDETAIL", detail["RECORDNO"]);
        await RetryAsync(payment);
        Assert.Equal([$"60 SAGE-{payment}"], Standing(uid));
        Assert.Equal("payment-details-missing", (await PaymentEntryAsync(payment)).Problem?.Code);

        Zuper.Screens.Void(Transaction(uid));
        await RetryAsync(payment);
        Assert.Equal(RecordState.Synced, (await PaymentEntryAsync(payment)).State);
        Assert.Equal([$"-60 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task A_part_of_a_payment_that_is_not_shown_stays_and_a_person_is_told()
    {
        await OpenBooksAsync();
        var (one, two) = (await InvoiceAsync(100), await InvoiceAsync(200));
        var payment = Intacct.Screens.Pay(Customer, [(one.Number, 100), (two.Number, 200)]);
        await PollAsync();
        var hidden = Key(Intacct.Screens.InvoiceNo(two.Number));
        Wire.Change = (_, answer) => HiddenRecords.Hide(answer, "ARPYMTDETAIL", hidden);
        await RetryAsync(payment);
        Assert.Equal([$"200 SAGE-{payment}"], Standing(two.Uid));
        Assert.Equal("payment-details-missing", (await PaymentEntryAsync(payment)).Problem?.Code);

        // What was taken off an invoice in Intacct is less in the total as well.
        Wire.Change = null;
        Intacct.Screens.RemoveApplication(payment, two.Number);
        await RetryAsync(payment);
        Assert.Equal([$"-200 SAGE-{payment}"], Standing(two.Uid));
        Assert.Equal([$"100 SAGE-{payment}"], Standing(one.Uid));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payment_whose_invoice_can_no_longer_be_told_stays(bool gone)
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        await LinkAsync(uid, number, null, RecordState.Skipped);
        if (gone)
            Tamper("ARINVOICE", Key(Intacct.Screens.InvoiceNo(number)));
        await RetryAsync(payment);
        Assert.Equal([$"60 SAGE-{payment}"], Standing(uid));
        Assert.Equal("payment-invoice-lost", (await PaymentEntryAsync(payment)).Problem?.Code);
    }

    [Theory]
    [InlineData("CANCELED")]
    [InlineData("ARCHIVED")]
    [InlineData("DRAFT")]
    [InlineData("READY_TO_INVOICE")]
    public async Task An_invoice_that_is_not_to_be_paid_in_Zuper_gets_no_payment(string status)
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        Zuper.Screens.Edit(uid, i => i["invoice_status"] = status);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        Assert.Empty(Standing(uid));
        Assert.Equal(status, Zuper.Screens.Record(uid)!["invoice_status"]!.ToString());
        Assert.Equal("zuper-invoice-not-payable", (await PaymentEntryAsync(payment)).Problem?.Code);
    }

    [Fact]
    public async Task A_reversal_voids_its_payment_where_Intacct_does_not_mark_that_as_changed()
    {
        await OpenBooksAsync();
        Intacct.Options.ReversalsTouchPayments = false;
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        Clock.Advance(TimeSpan.FromDays(1));
        Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Assert.Equal([$"-60 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task Two_payments_that_are_wrong_are_both_taken_back_with_their_reversals()
    {
        await OpenBooksAsync();
        Intacct.Options.ReversalsTouchPayments = false;
        var (uid, number) = await InvoiceAsync(100);
        var (first, second) = (
            Intacct.Screens.Pay(Customer, [(number, 60)]),
            Intacct.Screens.Pay(Customer, [(number, 40)])
        );
        await PollAsync();
        Intacct.Screens.ReversePayment(first);
        Intacct.Screens.ReversePayment(second);
        await PollAsync();
        Assert.Equal(100, Due(uid));
        Assert.All(Standing(uid), p => Assert.StartsWith("-", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_invoice_of_another_customer_with_the_number_is_another_invoice()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100, linked: false);
        await LinkAsync(uid, number, "987654", customer: "C-2002");
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        Assert.Empty(Standing(uid));
        Assert.Equal(RecordState.Skipped, (await PaymentEntryAsync(payment)).State);
    }

    private string Transaction(string uid) =>
        History(Zuper.Screens.Record(uid)!)[0]!["payment_transaction"]!["payment_transaction_uid"]!.ToString();

    private static string Key(int recordNo) => recordNo.ToString(CultureInfo.InvariantCulture);

    private void ChangeSum(int payment, decimal sum)
    {
        var text = sum.ToString(CultureInfo.InvariantCulture);
        var detail = Intacct.Company.Records("ARPYMTDETAIL").Single(d => d["PAYMENTKEY"] == Key(payment));
        Tamper("ARPYMTDETAIL", detail["RECORDNO"], ("PAYMENTAMOUNT", text), ("TRX_PAYMENTAMOUNT", text));
        Tamper("ARPYMT", Key(payment), ("TOTALPAID", text), ("TRX_TOTALPAID", text));
    }

    private async Task RetryAsync(int payment)
    {
        await Process
            .Get<PersonRequests>()
            .RetryAsync(await ConnectionAsync(), ZuperFlows.Payments, Key(payment), Forever);
        await RestAsync();
    }
}
