using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>What a payment gave, of its own or of something that it applied, to one receivable.</summary>
/// <param name="Credit">What it came from.</param>
/// <param name="Receivable">The invoice or debit memo, by its source id in <c>upflow-invoices</c>.</param>
/// <param name="Amount">In the payment's currency.</param>
internal sealed record AppliedPart(AppliedCredit Credit, string Receivable, decimal Amount)
{
    /// <summary>
    /// Sums the details of a payment up, one part for each pair of a credit and a receivable; parts of nothing are left
    /// out. Pure.
    /// </summary>
    /// <remarks>
    /// A credit on a line of an invoice (<see cref="PaymentApplication.Inline"/>) belongs to that invoice itself, whose
    /// total it has lessened already.
    /// </remarks>
    public static IReadOnlyList<AppliedPart> Of(IEnumerable<PaymentApplication> applications) =>
        [
            .. applications
                .SelectMany(Parts)
                .GroupBy(p => (p.Credit, p.Receivable))
                .Select(g => new AppliedPart(g.Key.Credit, g.Key.Receivable, g.Sum(p => p.Amount)))
                .Where(p => p.Amount > 0),
        ];

    /// <summary>What an advance gave by the details of others, as if it were their own money. Pure.</summary>
    public static IReadOnlyList<AppliedPart> OfAdvance(string recordNo, IEnumerable<PaymentApplication> applications) =>
        [
            .. Of(applications)
                .Where(p =>
                    p.Credit == new AppliedCredit(CreditKind.Payment, UpflowIds.Of(UpflowIds.Advance, recordNo))
                )
                .Select(p => p with { Credit = AppliedCredit.Money }),
        ];

    private static IEnumerable<AppliedPart> Parts(PaymentApplication application)
    {
        var receivable = application.RecordKey ?? Prefixed(UpflowIds.Adjustment, application.DebitMemoKey);
        if (receivable is null)
            yield break;
        yield return new AppliedPart(
            AppliedCredit.Money,
            receivable,
            application.TrxPaymentAmount ?? application.PaymentAmount ?? 0
        );
        yield return Part(CreditKind.Discount, null, application.Discount);
        yield return Part(
            CreditKind.Payment,
            Prefixed(UpflowIds.Advance, application.Advance.Key),
            application.Advance
        );
        yield return Part(CreditKind.Payment, application.Overpayment.Key, application.Overpayment);
        yield return Part(
            CreditKind.CreditNote,
            Prefixed(UpflowIds.Adjustment, application.Adjustment.Key),
            application.Adjustment
        );
        yield return Part(CreditKind.CreditNote, application.NegativeInvoice.Key, application.NegativeInvoice);

        AppliedPart Part(CreditKind kind, string? sourceId, AppliedAmount amount) =>
            new(new AppliedCredit(kind, sourceId), receivable, amount.TrxAmount ?? amount.Amount ?? 0);
    }

    /// <summary>The source id of a record whose object is not the usual one of its flow.</summary>
    private static string? Prefixed(string objectName, string? recordNo) =>
        recordNo is null ? null : UpflowIds.Of(objectName, recordNo);
}

/// <summary>What a payment can give to a receivable.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="SourceId">The advance or earlier payment, by its source id in <c>upflow-payments</c>; the credit memo
/// or negative invoice, by the one in <c>upflow-credit-notes</c>; null for the payment's own.</param>
internal readonly record struct AppliedCredit(CreditKind Kind, string? SourceId)
{
    /// <summary>The money of the payment itself.</summary>
    public static AppliedCredit Money { get; } = new(CreditKind.Money, null);
}

/// <summary>The kinds of what a payment gives.</summary>
internal enum CreditKind
{
    Money,

    /// <summary>Of the terms, taken with the payment.</summary>
    Discount,

    /// <summary>An advance, or what was left of an earlier payment.</summary>
    Payment,

    /// <summary>A credit memo or a negative invoice.</summary>
    CreditNote,
}
