using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Payments_reach_Zuper : BooksTest
{
    [Fact]
    public async Task A_part_leaves_the_rest_due_and_the_rest_pays_it_off()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(240);
        var first = Intacct.Screens.Pay(Customer, [(number, 100)], reference: "CHK-1");
        await PollAsync();
        Assert.Equal([$"100 SAGE-{first}"], Standing(uid));
        Assert.Equal(140, Due(uid));
        var entry = await PaymentEntryAsync(first);
        Assert.Equal((RecordState.Synced, $"SAGE-{first}", "CHK-1"), (entry.State, entry.TargetId, entry.Title));
        Assert.StartsWith(
            "2026-03-02",
            History(Zuper.Screens.Record(uid)!)[0]!["payment_date"]!.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "CHK-1",
            History(Zuper.Screens.Record(uid)!)[0]!["remarks"]!.ToString(),
            StringComparison.Ordinal
        );

        var second = Intacct.Screens.Pay(Customer, [(number, 140)]);
        await PollAsync();
        Assert.Equal([$"100 SAGE-{first}", $"140 SAGE-{second}"], Standing(uid));
        Assert.Equal("PAID", Zuper.Screens.Record(uid)!["invoice_status"]!.ToString());
    }

    [Fact]
    public async Task One_payment_of_several_invoices_stands_on_each_with_its_part()
    {
        await OpenBooksAsync();
        var (one, two) = (await InvoiceAsync(100), await InvoiceAsync(50));
        var payment = Intacct.Screens.Pay(Customer, [(one.Number, 100), (two.Number, 20)]);
        await PollAsync();
        Assert.Equal([$"100 SAGE-{payment}"], Standing(one.Uid));
        Assert.Equal([$"20 SAGE-{payment}"], Standing(two.Uid));
    }

    [Fact]
    public async Task Of_an_over_payment_only_what_invoices_take_is_recorded()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 100)], total: 130);
        await PollAsync();
        Assert.Equal([$"100 SAGE-{payment}"], Standing(uid));
    }

    /// <summary>That shows its details after it was reversed, and they no longer count.</summary>
    [Fact]
    public async Task What_a_reversed_payment_took_of_an_over_payment_asks_nobody_when_that_is_changed()
    {
        await OpenBooksAsync();
        var (one, two) = (await InvoiceAsync(100), await InvoiceAsync(50));
        var payment = Intacct.Screens.Pay(Customer, [(one.Number, 60)], total: 100);
        await PollAsync();
        Intacct.Screens.EditPayment(payment, [new PaymentRow(one.Number, 50)], total: 100);
        Intacct.Screens.ApplyCredit(payment, [(two.Number, 20)]);
        Intacct.Screens.ReversePayment(Intacct.Screens.ApplyCredit(payment, [(two.Number, 15)]));
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await PaymentEntryAsync(payment)).State);
        Assert.Equal([$"-60 SAGE-{payment}", $"50 SAGE-{payment}-2"], Standing(one.Uid));
    }

    [Fact]
    public async Task An_advance_counts_when_it_is_applied()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var advance = Intacct.Screens.Advance(Customer, 80);
        await PollAsync();
        Assert.Empty(Standing(uid));
        Assert.Equal(RecordState.Skipped, (await PaymentEntryAsync(advance)).State);

        Clock.Advance(TimeSpan.FromDays(3));
        Intacct.Screens.ApplyCredit(advance, [(number, 60)]);
        await PollAsync();
        Assert.Equal(40, Due(uid));
        Assert.Single(Standing(uid));
    }

    [Fact]
    public async Task A_draft_pays_nothing_until_it_is_posted_as_it_then_is()
    {
        await OpenBooksAsync();
        var (one, two) = (await InvoiceAsync(100), await InvoiceAsync(50));
        var payment = Intacct.Screens.Pay(Customer, [(one.Number, 100)], draft: true);
        await PollAsync();
        Assert.Equal(RecordState.Skipped, (await PaymentEntryAsync(payment)).State);
        Intacct.Screens.EditDraft(payment, [(two.Number, 30)]);
        await PollAsync();
        Intacct.Screens.SubmitDraft(payment);
        await PollAsync();
        Assert.Empty(Standing(one.Uid));
        Assert.Equal([$"30 SAGE-{payment}"], Standing(two.Uid));
    }

    [Fact]
    public async Task A_reversed_payment_is_voided_wherever_it_stands()
    {
        await OpenBooksAsync();
        var (one, two) = (await InvoiceAsync(100), await InvoiceAsync(50));
        var payment = Intacct.Screens.Pay(Customer, [(one.Number, 100), (two.Number, 20)]);
        await PollAsync();
        Clock.Advance(TimeSpan.FromDays(1));
        var reversal = Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Assert.Equal([$"-100 SAGE-{payment}"], Standing(one.Uid));
        Assert.Equal((100m, 50m), (Due(one.Uid), Due(two.Uid)));
        Assert.Equal(RecordState.Synced, (await PaymentEntryAsync(payment)).State);
        Assert.Equal(RecordState.Skipped, (await PaymentEntryAsync(reversal)).State);

        var again = Intacct.Screens.Pay(Customer, [(one.Number, 100)]);
        await PollAsync();
        Assert.Equal([$"-100 SAGE-{payment}", $"100 SAGE-{again}"], Standing(one.Uid));
    }

    [Fact]
    public async Task A_payment_that_says_Voided_is_voided_and_one_of_an_unknown_state_is_asked_by_its_name()
    {
        await OpenBooksAsync();
        var (one, two) = (await InvoiceAsync(100), await InvoiceAsync(50));
        var voided = Intacct.Screens.Pay(Customer, [(one.Number, 100)]);
        var bounced = Intacct.Screens.Pay(Customer, [(two.Number, 50)]);
        await PollAsync();
        Tamper("ARPYMT", Text(voided), ("DISPLAYSTATE", "Voided"), ("STATE", "V"));
        Tamper("ARPYMT", Text(bounced), ("DISPLAYSTATE", "Bounced"), ("STATE", "B"));
        await PollAsync();

        Assert.Equal([$"-100 SAGE-{voided}"], Standing(one.Uid));
        Assert.Equal([$"50 SAGE-{bounced}"], Standing(two.Uid));
        var entry = await PaymentEntryAsync(bounced);
        Assert.Equal((RecordState.NeedsAction, "payment-state-unknown"), (entry.State, entry.Problem?.Code));
        Assert.Contains("'Bounced'", entry.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_in_another_currency_stands_with_what_the_invoice_got_or_is_asked()
    {
        await OpenBooksAsync();
        var (one, two) = (await InvoiceAsync(100), await InvoiceAsync(100));
        var known = Intacct.Screens.PayInCurrency(Customer, [(one.Number, 80)], "EUR", 1.25m);
        await PollAsync();
        Assert.Equal([$"100 SAGE-{known}"], Standing(one.Uid));

        Tamper("ARINVOICE", Text(Intacct.Screens.InvoiceNo(two.Number)), ("CURRENCY", "GBP"));
        var other = Intacct.Screens.PayInCurrency(Customer, [(two.Number, 40)], "EUR", 1.25m);
        await PollAsync();
        Assert.Empty(Standing(two.Uid));
        Assert.Equal("payment-currency-differs", (await PaymentEntryAsync(other)).Problem?.Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_invoice_that_a_query_does_not_show_is_read_by_its_key_before_a_sum_is_taken(bool never)
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        Wire.Change = (sent, answer) =>
            sent.Contains("BASECURR", StringComparison.Ordinal)
            && (never || sent.Contains("<query>", StringComparison.Ordinal))
                ? System.Text.RegularExpressions.Regex.Replace(
                    answer,
                    "<ARINVOICE>.*?</ARINVOICE>",
                    "",
                    System.Text.RegularExpressions.RegexOptions.Singleline,
                    TimeSpan.FromSeconds(5)
                )
                : answer;
        var payment = Intacct.Screens.PayInCurrency(Customer, [(number, 80)], "EUR", 1.25m);
        await PollAsync();
        Assert.Equal(never ? [] : [$"100 SAGE-{payment}"], Standing(uid));
        Assert.Equal(never ? "payment-invoice-not-shown" : null, (await PaymentEntryAsync(payment)).Problem?.Code);

        Wire.Change = null;
        await Process
            .Get<PersonRequests>()
            .RetryAsync(await ConnectionAsync(), ZuperFlows.Payments, Text(payment), Forever);
        await RestAsync();
        Assert.Equal([$"100 SAGE-{payment}"], Standing(uid));
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_sum_that_stands_wrong_is_voided_and_recorded_anew_under_the_next_number()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        Zuper.Screens.Pay(uid, 40, reference: $"SAGE-{payment}");
        await PollAsync();
        Assert.Equal([$"-40 SAGE-{payment}", $"60 SAGE-{payment}-2"], Standing(uid));
    }

    [Fact]
    public async Task What_was_paid_in_Zuper_by_other_means_is_never_over_paid()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        Zuper.Screens.Pay(uid, 100, ZuperPaymentModes.Cash, "till");
        var payment = Intacct.Screens.Pay(Customer, [(number, 100)]);
        await PollAsync();
        Assert.Equal(["100 till"], Standing(uid));
        Assert.Equal("zuper-invoice-paid-otherwise", (await PaymentEntryAsync(payment)).Problem?.Code);
    }

    [Fact]
    public async Task An_invoice_that_is_not_from_Zuper_is_left_out_with_its_reason()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        await BookAsync("OWN-1", 70);
        var both = Intacct.Screens.Pay(Customer, [(number, 100), ("OWN-1", 30)]);
        var foreign = Intacct.Screens.Pay(Customer, [("OWN-1", 40)]);
        await PollAsync();
        Assert.Equal([$"100 SAGE-{both}"], Standing(uid));
        Assert.Contains("OWN-1", (await PaymentEntryAsync(both)).Timeline[^1].Detail, StringComparison.Ordinal);
        var entry = await PaymentEntryAsync(foreign);
        Assert.Equal(RecordState.Skipped, entry.State);
        Assert.Contains("OWN-1", entry.Timeline[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_waits_for_an_invoice_whose_link_is_still_coming()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100, linked: false);
        await LinkAsync(uid, number, null, RecordState.InDoubt);
        var payment = Intacct.Screens.Pay(Customer, [(number, 100)]);
        await PollAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(RecordState.Pending, (await PaymentEntryAsync(payment)).State);

        await LinkAsync(
            uid,
            number,
            Intacct.Screens.InvoiceNo(number).ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        await RestAsync();
        Assert.Equal([$"100 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task An_invoice_that_has_a_new_RECORDNO_is_found_by_its_number()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100, linked: false);
        await LinkAsync(uid, number, "987654");
        var payment = Intacct.Screens.Pay(Customer, [(number, 100)]);
        await PollAsync();
        Assert.Equal([$"100 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task The_mode_follows_the_payment_method_and_a_missing_one_is_named()
    {
        await OpenBooksAsync(s =>
            s with
            {
                DefaultPaymentModeUid = null,
                PaymentModes = Fields(("Cash", ZuperPaymentModes.Cash.Uid)),
            }
        );
        var (uid, number) = await InvoiceAsync(100);
        Intacct.Screens.Pay(Customer, [(number, 10)], method: "Cash");
        var eft = Intacct.Screens.Pay(Customer, [(number, 20)], method: "EFT");
        await PollAsync();
        Assert.Equal(
            ["Cash"],
            History(Zuper.Screens.Record(uid)!).Select(p => p!["payment_mode"]!["payment_mode_name"]!.ToString())
        );
        var problem = (await PaymentEntryAsync(eft)).Problem!;
        Assert.Equal("payment-mode-missing", problem.Code);
        Assert.Contains("'EFT'", problem.Message, StringComparison.Ordinal);

        await ChangeSettingsAsync(s => s with { DefaultPaymentModeUid = ZuperPaymentModes.BankTransfer.Uid });
        await Process
            .Get<PersonRequests>()
            .RetryAllAsync(await ConnectionAsync(), null, "payment-mode-missing", Forever);
        await RestAsync();
        Assert.Equal(
            ["Cash", "Bank Transfer"],
            History(Zuper.Screens.Record(uid)!).Select(p => p!["payment_mode"]!["payment_mode_name"]!.ToString())
        );
    }

    [Fact]
    public async Task A_payment_of_before_the_start_is_recorded_where_its_invoice_is_linked()
    {
        await OpenBooksAsync(s => s with { StartDate = new DateOnly(2026, 3, 2) });
        var (uid, number) = await InvoiceAsync(100);
        var old = Intacct.Screens.Pay(Customer, [(number, 10)], date: new DateOnly(2026, 3, 1));
        var fresh = Intacct.Screens.Pay(Customer, [(number, 20)], date: new DateOnly(2026, 3, 2));
        await PollAsync();
        Assert.Equal([$"10 SAGE-{old}", $"20 SAGE-{fresh}"], Standing(uid));
    }

    [Fact]
    public async Task Payments_are_left_alone_while_they_are_not_synced_and_written_nowhere_in_shadow_mode()
    {
        await OpenBooksAsync(s => s with { SyncPayments = false });
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 100)]);
        await PollAsync();
        Assert.Empty(Standing(uid));

        await ChangeSettingsAsync(s => s with { SyncPayments = true, Mode = SyncMode.Shadow });
        await PollAsync();
        Assert.Empty(Standing(uid));
        Assert.Contains(
            "would record",
            (await PaymentEntryAsync(payment)).Timeline[^1].Detail,
            StringComparison.Ordinal
        );
    }
}
