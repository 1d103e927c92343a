using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Payments;

public sealed class PaymentMapperTests
{
    [Theory]
    [InlineData("EUR", null, "EUR", "USD", 80.0)]
    [InlineData("EUR", null, "USD", "USD", 100.0)]
    [InlineData("EUR", "USD", "USD", "USD", 80.0)]
    [InlineData("EUR", null, "GBP", "USD", null)]
    [InlineData(null, null, null, null, 80.0)]
    [InlineData("EUR", null, null, null, 80.0)]
    [InlineData("EUR", null, null, "USD", 100.0)]
    [InlineData("USD", null, null, "USD", 80.0)]
    public void A_sum_is_in_the_invoices_currency_as_Intacct_applied_it_or_is_asked(
        string? payment,
        string? detail,
        string? invoice,
        string? books,
        double? carried
    )
    {
        var (sums, unclear) = PaymentMapper.Applied(
            Some.Payment() with
            {
                Currency = payment,
            },
            [Some.Application(amount: 80) with { PaymentAmount = 100, Currency = detail }],
            new Dictionary<string, InvoiceCurrencies>(StringComparer.Ordinal)
            {
                ["5150"] = new InvoiceCurrencies(invoice, books),
            }
        );
        Assert.Equal((decimal?)carried, sums.TryGetValue("5150", out var sum) ? sum : null);
        Assert.Equal(carried is null ? "payment-currency-differs" : null, unclear.GetValueOrDefault("5150")?.Code);
    }

    [Theory]
    [InlineData("USD")]
    [InlineData(null)]
    public void A_sum_without_its_base_amount_is_never_taken_as_its_bare_number(string? own)
    {
        var (sums, unclear) = PaymentMapper.Applied(
            Some.Payment() with
            {
                Currency = "EUR",
            },
            [Some.Application(amount: 80)],
            new Dictionary<string, InvoiceCurrencies>(StringComparer.Ordinal) { ["5150"] = new(own, "USD") }
        );
        Assert.Empty(sums);
        Assert.Contains("EUR", unclear["5150"].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EUR", null)]
    [InlineData(null, "EUR")]
    public void A_sum_on_an_invoice_that_is_not_shown_is_asked_and_never_taken_as_its_bare_number(
        string? payment,
        string? detail
    )
    {
        var (sums, unclear) = PaymentMapper.Applied(
            Some.Payment() with
            {
                Currency = payment,
            },
            [Some.Application(amount: 80) with { PaymentAmount = 100, Currency = detail }],
            new Dictionary<string, InvoiceCurrencies>(StringComparer.Ordinal)
        );
        Assert.Empty(sums);
        Assert.Equal("payment-invoice-not-shown", unclear["5150"].Code);
    }

    [Fact]
    public void In_a_company_with_a_single_currency_no_invoice_need_be_shown()
    {
        var (sums, unclear) = PaymentMapper.Applied(
            Some.Payment(),
            [Some.Application(amount: 80)],
            new Dictionary<string, InvoiceCurrencies>(StringComparer.Ordinal)
        );
        Assert.Equal(80, sums["5150"]);
        Assert.Empty(unclear);
    }

    [Fact]
    public void Lines_of_one_invoice_are_summed_and_credits_are_no_money()
    {
        var sums = PaymentMapper.ByInvoice([
            Some.Application(amount: 60.10m),
            Some.Application(amount: 39.90m),
            Some.Application("5151", amount: 0) with
            {
                Advance = new AppliedAmount("7", 40, null),
            },
            Some.Application("5152", amount: null) with
            {
                Overpayment = new AppliedAmount("8", null, 5),
            },
            Some.Application("5153", amount: 0) with
            {
                Adjustment = new AppliedAmount("9", 25, 25),
            },
            Some.Application(null) with
            {
                DebitMemoKey = "3",
            },
        ]);
        Assert.Equal(
            [("5150", 100.00m), ("5151", 40m), ("5152", 5m)],
            sums.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value))
        );
    }

    [Fact]
    public void The_sum_is_that_of_the_transactions_currency() =>
        Assert.Equal(80, PaymentMapper.ByInvoice([Some.Application(amount: 80) with { PaymentAmount = 100 }])["5150"]);

    [Theory]
    [InlineData("SAGE-553", 1)]
    [InlineData(" sage-553 ", 1)]
    [InlineData("SAGE-553-2", 2)]
    [InlineData("SAGE-553-12", 12)]
    [InlineData("SAGE-5530", null)]
    [InlineData("SAGE-553-", null)]
    [InlineData("SAGE-553-1", null)]
    [InlineData("SAGE-553-+2", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_reference_tells_which_time_it_is(string? reference, int? time) =>
        Assert.Equal(time, PaymentMapper.TimeOf("553", reference));

    [Fact]
    public void The_mode_is_that_of_the_method_in_any_case_or_else_the_default()
    {
        var settings = Some.Settings() with
        {
            DefaultPaymentModeUid = Some.Uid(40),
            PaymentModes = new Dictionary<string, string>(StringComparer.Ordinal) { ["Printed check"] = Some.Uid(41) },
        };
        Assert.Equal(Some.Uid(40), Mapped(Some.Payment(), settings).ModeUid);
        Assert.Equal(Some.Uid(41), Mapped(Some.Payment() with { PaymentMethod = "Printed Check" }, settings).ModeUid);
    }

    [Fact]
    public void A_payment_carries_its_day_its_reference_and_a_word_for_people()
    {
        var payment = Mapped(Some.Payment(), Some.Settings() with { DefaultPaymentModeUid = Some.Uid(40) });
        Assert.Equal(
            (12.5m, new DateOnly(2026, 3, 2), "SAGE-553-2"),
            (payment.Amount, payment.Date, payment.ReferenceNo)
        );
        Assert.Contains("CHK-1", payment.Remarks, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "payment-mode-missing")]
    [InlineData("by cheque", "payment-mode-refused")]
    public void A_mode_that_is_missing_or_no_uid_needs_a_person(string? mode, string code)
    {
        var mapped = PaymentMapper.Map(Some.Payment(), 1, 1, Some.Settings() with { DefaultPaymentModeUid = mode });
        Assert.Equal(code, Assert.IsType<Mapped<ZuperPayment>.Rejected>(mapped).Problem.Code);
    }

    [Fact]
    public void A_payment_without_a_date_needs_a_person() =>
        Assert.Equal(
            "payment-without-date",
            Assert
                .IsType<Mapped<ZuperPayment>.Rejected>(
                    PaymentMapper.Map(Some.Payment() with { ReceiptDate = null }, 1, 1, Some.Settings())
                )
                .Problem.Code
        );

    private static ZuperPayment Mapped(PaymentRecord payment, ZuperConnectionSettings settings) =>
        Assert.IsType<Mapped<ZuperPayment>.Document>(PaymentMapper.Map(payment, 12.5m, 2, settings)).Value;
}
