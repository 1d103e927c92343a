using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Receipts;

/// <summary>A receipt of 100.00 USD of 2026-03-02 for two invoices, and payments that people have entered.</summary>
public sealed class EnteredPaymentTests
{
    private static readonly ReceiptFacts Receipt = new()
    {
        Id = "p-1",
        Payment = new UpflowRead(
            JsonElement.Parse("""{"id": "p-1", "amount": 10000, "currency": "USD", "validatedAt": "2026-03-02"}""")
        ),
        Parts = [new ReceiptPart("i-1", "1", "INV-1", 6000), new ReceiptPart("i-2", "2", "INV-2", 4000)],
        CustomerId = "C-1",
        DefaultCurrency = "USD",
    };

    [Theory]
    [InlineData("1", 60, true)]
    [InlineData("2", 40, true)]
    [InlineData("1", 40, false)]
    [InlineData("3", 60, false)]
    public void It_is_alike_where_it_gives_an_invoice_just_what_the_receipt_does(
        string invoice,
        int amount,
        bool expected
    ) => Assert.Equal(expected, Entered(70, (invoice, amount)).IsLike(Receipt));

    [Theory]
    [InlineData("C-1", 100, true)]
    [InlineData("c-1 ", 100, true)]
    [InlineData("C-1", 99, false)]
    [InlineData("C-2", 100, false)]
    public void It_is_alike_where_it_is_of_customer_and_amount_and_gives_nothing_yet(
        string customer,
        int amount,
        bool expected
    ) => Assert.Equal(expected, With(Entered(amount), p => p with { CustomerId = customer }).IsLike(Receipt));

    [Fact]
    public void One_of_the_amount_that_pays_something_else_or_will_is_not_alike()
    {
        var other = Entered(100, ("3", 100));
        Assert.False(other.IsLike(Receipt));
        Assert.False(With(other, p => p with { DisplayState = "Draft" }).IsLike(Receipt));
        var used = With(Entered(100), p => p with { TrxTotalDue = 0 });
        Assert.False(used.IsLike(Receipt));
        Assert.True(With(used, p => p with { DisplayState = "Draft" }).IsLike(Receipt));
    }

    [Theory]
    [InlineData("2026-01-29", false)]
    [InlineData("2026-01-30", true)]
    [InlineData("2026-07-01", true)]
    [InlineData(null, true)]
    public void One_that_is_older_by_more_than_a_month_is_not_alike(string? date, bool expected) =>
        Assert.Equal(
            expected,
            With(
                    Entered(60, ("1", 60)),
                    p =>
                        p with
                        {
                            ReceiptDate = date is null ? null : DateOnly.Parse(date, CultureInfo.InvariantCulture),
                        }
                )
                .IsLike(Receipt)
        );

    [Theory]
    [InlineData("EUR", "USD", false)]
    [InlineData(null, "EUR", false)]
    [InlineData(" usd ", "EUR", true)]
    public void One_in_another_currency_is_not_alike(string? currency, string ofCompany, bool expected) =>
        Assert.Equal(
            expected,
            With(Entered(60, ("1", 60)), p => p with { Currency = currency })
                .IsLike(Receipt with { DefaultCurrency = ofCompany })
        );

    [Fact]
    public void One_with_the_mark_of_another_receipt_is_not_alike()
    {
        var marked = With(Entered(60, ("1", 60)), p => p with { Description = ReceiptKey.DescriptionOf("p-2") });
        Assert.False(marked.IsLike(Receipt));
        Assert.True(With(marked, p => p with { Description = ReceiptKey.DescriptionOf("p-1") }).IsLike(Receipt));
    }

    [Fact]
    public void What_credits_gave_is_no_money()
    {
        var credit = new AppliedPart(new AppliedCredit(CreditKind.CreditNote, "8"), "1", 60m);
        var payment = new EnteredPayment(Entered(70).Payment, [credit]);
        Assert.False(payment.IsLike(Receipt));
        Assert.False(payment.Pays("1"));
    }

    [Theory]
    [InlineData(60, 40, null)]
    [InlineData(59.99, 40, "receipt-invoice-paid")]
    [InlineData(60, 0, "receipt-invoice-paid")]
    public void A_receipt_is_in_doubt_where_an_invoice_owes_less(double first, double second, string? code)
    {
        var invoices = Invoices((decimal)first, (decimal)second);
        var doubt = ReceiptDoubt.OfDue(Receipt, invoices, Receipt.Given, [Entered(70, ("1", 60), ("2", 10))]);
        Assert.Equal(code, doubt?.Code);
        if (code is not null)
            Assert.Contains("ARPYMT 553 ('CHK-1', 70.00 of 2026-03-02)", doubt!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_other_receipts_take_off_the_invoice_counts_too()
    {
        var paid = new Dictionary<string, long>(Receipt.Given, StringComparer.Ordinal) { ["2"] = 4001 };
        Assert.Null(ReceiptDoubt.OfDue(Receipt, Invoices(60, 40), Receipt.Given, []));
        Assert.Equal("receipt-invoice-paid", ReceiptDoubt.OfDue(Receipt, Invoices(60, 40), paid, [])?.Code);
    }

    [Theory]
    [InlineData("", "USD", null)]
    [InlineData("USD", "EUR", null)]
    [InlineData("EUR", "USD", "receipt-currency-differs")]
    [InlineData("", "EUR", "receipt-currency-differs")]
    public void The_currency_of_an_invoice_is_the_one_that_Intacct_says(string said, string ofCompany, string? code)
    {
        var invoices = new Dictionary<string, OpenInvoice>(StringComparer.Ordinal)
        {
            ["1"] = new(60, 0, said),
            ["2"] = new(40, 0, "USD"),
        };
        Assert.Equal(
            code,
            ReceiptDoubt.OfInvoices(Receipt with { DefaultCurrency = ofCompany }, invoices)?.Problem.Code
        );
    }

    [Fact]
    public void An_invoice_that_Intacct_does_not_show_is_in_no_known_currency()
    {
        var invoices = new Dictionary<string, OpenInvoice>(StringComparer.Ordinal) { ["1"] = new(60, 0, "USD") };
        var doubt = ReceiptDoubt.OfInvoices(Receipt, invoices);
        Assert.Equal(("receipt-invoice-not-shown", true), (doubt?.Problem.Code, doubt?.MayPass));
    }

    [Theory]
    [InlineData("c-1", null)]
    [InlineData("C-2", "receipt-of-several-customers")]
    public void An_invoice_of_another_customer_is_not_paid_in_its_name(string customer, string? code)
    {
        var invoices = Invoices(60, 40);
        invoices["2"] = invoices["2"] with { CustomerId = customer };
        Assert.Equal(code, ReceiptDoubt.OfInvoices(Receipt, invoices)?.Problem.Code);
    }

    private static Dictionary<string, OpenInvoice> Invoices(decimal first, decimal second) =>
        new(StringComparer.Ordinal) { ["1"] = new(first, null, "USD"), ["2"] = new(second, null, "USD") };

    private static EnteredPayment Entered(int total, params (string Invoice, int Amount)[] parts) =>
        new(
            Some.Payment() with
            {
                CustomerId = "C-1",
                TrxTotalEntered = total,
            },
            [.. parts.Select(p => new AppliedPart(AppliedCredit.Money, p.Invoice, p.Amount))]
        );

    private static EnteredPayment With(EnteredPayment entered, Func<PaymentRecord, PaymentRecord> change) =>
        entered with
        {
            Payment = change(entered.Payment),
        };
}
