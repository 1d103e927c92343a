using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Payments;

public sealed class AppliedPartTests
{
    [Fact]
    public void The_lines_of_an_invoice_are_summed_up() =>
        Assert.Equal(
            [Part(CreditKind.Money, null, "5150", 100), Part(CreditKind.Money, null, "5151", 5)],
            AppliedPart.Of([Some.Application(amount: 60), Some.Application(amount: 40), Some.Application("5151", 5)])
        );

    [Fact]
    public void Each_credit_of_a_detail_is_a_part_of_its_own() =>
        Assert.Equal(
            [
                Part(CreditKind.Money, null, "5150", 50),
                Part(CreditKind.Discount, null, "5150", 2),
                Part(CreditKind.Payment, "ARADVANCE-3", "5150", 10),
                Part(CreditKind.Payment, "12", "5150", 4),
                Part(CreditKind.CreditNote, "ARADJUSTMENT-8", "5150", 6),
                Part(CreditKind.CreditNote, "77", "5150", 7),
            ],
            AppliedPart.Of([
                Some.Application(amount: 50) with
                {
                    Discount = new AppliedAmount(null, 2, 2),
                    Advance = new AppliedAmount("3", 10, 10),
                    Overpayment = new AppliedAmount("12", 4, 4),
                    Adjustment = new AppliedAmount("8", 6, 6),
                    NegativeInvoice = new AppliedAmount("77", 7, 7),
                },
            ])
        );

    [Fact]
    public void A_debit_memo_is_paid_as_an_invoice_is() =>
        Assert.Equal(
            [Part(CreditKind.Money, null, "ARADJUSTMENT-4", 100)],
            AppliedPart.Of([Some.Application(invoice: null) with { DebitMemoKey = "4" }])
        );

    [Fact]
    public void The_amount_in_the_transactions_currency_counts() =>
        Assert.Equal(
            [Part(CreditKind.Money, null, "5150", 15000)],
            AppliedPart.Of([Some.Application(amount: 15000) with { PaymentAmount = 100 }])
        );

    [Fact]
    public void A_credit_on_a_line_of_the_invoice_itself_is_no_part() =>
        Assert.Empty(AppliedPart.Of([Some.Application(amount: 0) with { Inline = new AppliedAmount("5150", 20, 20) }]));

    [Fact]
    public void What_was_taken_back_in_full_is_no_part() =>
        Assert.Empty(AppliedPart.Of([Some.Application(amount: 60), Some.Application(amount: -60)]));

    private static AppliedPart Part(CreditKind kind, string? credit, string receivable, decimal amount) =>
        new(new AppliedCredit(kind, credit), receivable, amount);
}
