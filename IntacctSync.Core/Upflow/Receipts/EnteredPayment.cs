using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>A payment in Intacct that no receipt is linked to: somebody may have entered it for one.</summary>
/// <param name="Payment">As Intacct shows it.</param>
/// <param name="Parts">What it gives to receivables.</param>
internal sealed record EnteredPayment(PaymentRecord Payment, IReadOnlyList<AppliedPart> Parts)
{
    public string RecordNo => Payment.RecordNo;

    /// <summary>
    /// Whether it may be a receipt: it gives one of its invoices just what the receipt gives it, or has its customer
    /// and amount and gives nothing to anything yet, or has its number as well. One in another currency is not, nor one
    /// that is much older and has another number, nor one that bears the mark of another receipt. Pure.
    /// </summary>
    public bool IsLike(ReceiptFacts receipt) =>
        IsNumbered(Payment, receipt)
        || (
            MayBe(Payment, receipt)
            && (
                receipt.Given.Any(g => UpflowMoney.ToSmallest(GivenTo(g.Key), receipt.Currency) == g.Value)
                || (IsOfAmount(Payment, receipt) && !IsUsed)
            )
        );

    /// <summary>Whether it gives money to one of a receipt's invoices.</summary>
    public bool Pays(string receivable) => GivenTo(receivable) > 0;

    /// <summary>What people know it by.</summary>
    public string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"ARPYMT {RecordNo} ({(Payment.DocNumber is { } number ? $"'{VisibleText.Of(number)}', " : "")}"
                + $"{Amount:0.00##}{(Payment.Currency is { } currency ? $" {currency.Trim()}" : "")}"
                + $"{(Payment.ReceiptDate is { } date ? $" of {date:yyyy-MM-dd}" : "")})"
        );

    /// <summary>Whether a payment is of a receipt's customer, amount and currency, and not much older.</summary>
    public static bool IsOfAmount(PaymentRecord payment, ReceiptFacts receipt) =>
        MayBe(payment, receipt)
        && string.Equals(payment.CustomerId?.Trim(), receipt.CustomerId?.Trim(), StringComparison.OrdinalIgnoreCase)
        && UpflowMoney.ToSmallest(payment.TrxTotalEntered ?? payment.TotalEntered ?? 0, receipt.Currency)
            == receipt.Amount;

    /// <summary>Whether a payment is of a receipt's customer, number, amount and currency.</summary>
    public static bool IsNumbered(PaymentRecord payment, ReceiptFacts receipt) =>
        receipt.CustomerId is not null
        && ReceiptKey.Of(payment, receipt.DefaultCurrency) is { } key
        && receipt.Key.MayBe(key);

    private static bool MayBe(PaymentRecord payment, ReceiptFacts receipt) =>
        receipt.CurrencyOf(payment.Currency) == receipt.Currency
        && !(payment.ReceiptDate < receipt.EnteredFrom)
        && (ReceiptKey.MarkIn(payment.Description) is not { } mark || mark == ReceiptKey.MarkOf(receipt.Id));

    private decimal Amount => Payment.TrxTotalEntered ?? Payment.TotalEntered ?? 0;

    /// <summary>
    /// Whether it gives its money to something, or will once it is posted: to receivables, or, as an advance does, by
    /// other payments.
    /// </summary>
    private bool IsUsed =>
        Parts.Count > 0
        || (PaymentStates.Of(Payment) == PaymentState.Complete && (Payment.TrxTotalDue ?? Payment.TotalDue) == 0);

    private decimal GivenTo(string receivable) =>
        Parts
            .Where(p => p.Receivable == receivable && p.Credit.Kind is CreditKind.Money or CreditKind.Payment)
            .Sum(p => p.Amount);
}
