using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>What is known of one payment that was taken in Upflow when it is decided about.</summary>
internal sealed record ReceiptFacts
{
    /// <summary>Upflow's id of it.</summary>
    public required string Id { get; init; }

    /// <summary>As Upflow shows it.</summary>
    public required UpflowRead Payment { get; init; }

    /// <summary>The records that it is linked to, with the amounts in the smallest unit.</summary>
    public required IReadOnlyList<ReceiptPart> Parts { get; init; }

    /// <summary>What was paid back of it, in the smallest unit.</summary>
    public long Refunded { get; init; }

    /// <summary>The last day on which something was paid back; null where nothing was.</summary>
    public DateOnly? RefundedOn { get; init; }

    /// <summary>The invoices that it paid and that are in Upflow no longer, by what people call them.</summary>
    public IReadOnlyList<string> LostInvoices { get; init; } = [];

    /// <summary>
    /// Whether all that it pays is of this connection and owes that in Intacct still. It is looked up only of one whose
    /// date would leave it out, and false for any other.
    /// </summary>
    public bool IsOwed { get; init; }

    /// <summary>Whether all of it went back, or did not come after all.</summary>
    public bool IsUndone => IsPaidBack || HasFailed;

    /// <summary>Of one without an amount nothing can be told.</summary>
    private bool IsPaidBack => Amount > 0 && Refunded >= Amount;

    /// <summary>What of its amounts can't be read in Upflow; null where all can.</summary>
    public string? Unreadable => Payment.Unreadable ?? (Payment.Amount is null ? "amount is missing" : null);

    public bool HasFailed => State == ReceiptState.Failed;

    /// <summary>
    /// The day on which it was paid back or failed. Of a failure Upflow tells no day; it is the one on which the
    /// payment was last changed there.
    /// </summary>
    public DateOnly? UndoneOn =>
        IsPaidBack ? RefundedOn
        : Payment.ModifiedAt is { } changed ? DateOnly.FromDateTime(changed.UtcDateTime)
        : null;

    /// <summary>What is being paid back of it and may fail yet, in the smallest unit.</summary>
    public long RefundUnderWay { get; init; }

    public ReceiptState State => ReceiptStates.Of(Payment);

    /// <summary>
    /// Whether it was taken before a moment. Where Upflow does not tell when it was taken, it is told by whether
    /// anything of it has changed since, and where it does not tell that either, by its day.
    /// </summary>
    public bool IsFromBefore(DateTimeOffset moment) =>
        (Payment.CreatedAt ?? Payment.ModifiedAt) is { } taken
            ? taken < moment
            : Payment.ValidatedAt < DateOnly.FromDateTime(moment.UtcDateTime);

    /// <summary>What was to be paid back of it and was not, in the smallest unit.</summary>
    public long RefundFailed { get; init; }

    /// <summary>Whether a refund that failed still keeps it off what it paid.</summary>
    public bool IsHeldByFailedRefund => RefundFailed > 0 && Parts.Sum(p => p.Amount) < Amount;

    /// <summary>CUSTOMERID of its customer; null where that is not one of ours.</summary>
    public string? CustomerId { get; init; }

    /// <summary>
    /// The payment in Intacct that its row names; null where none is named, or Intacct does not show it.
    /// </summary>
    public PaymentRecord? Posted { get; init; }

    /// <summary>When all this was looked at.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>
    /// Whether the payment in Intacct was entered so lately that not all that it was applied to may be visible yet.
    /// </summary>
    public bool IsPostedLately =>
        Posted?.EnteredAt is { } entered && (Now - entered).Duration() < AbsenceVerdict.Patience;

    /// <summary>
    /// Other payments in Intacct, by RECORDNO, that were posted for it, or taken for it, and may count still.
    /// </summary>
    public IReadOnlyList<string> Earlier { get; init; } = [];

    /// <summary>Of a payment in Intacct that names no currency.</summary>
    public required string DefaultCurrency { get; init; }

    /// <summary>What that payment gives to receivables in Intacct now.</summary>
    public IReadOnlyList<AppliedPart> Applied { get; init; } = [];

    /// <summary>
    /// Whether the payment in Intacct is of the same customer and amount, and pays the same as this one does in Upflow.
    /// </summary>
    public bool IsPostedAsLinked =>
        IsPostedAlike
        && Sums(Parts.Select(p => (p.SourceId ?? "", p.Amount)))
            .SequenceEqual(Sums(Applied.Select(p => (p.Receivable, Smallest(p.Amount)))));

    /// <summary>
    /// Whether what Intacct shows of it only falls short of that: nothing is applied to anything else, or by more.
    /// </summary>
    public bool IsPostedInPart => IsPostedAlike && Covers(Applied);

    /// <summary>Whether it gives as much to each receivable as these parts do, or more.</summary>
    public bool Covers(IEnumerable<AppliedPart> parts) =>
        Sums(parts.Select(p => (p.Receivable, Smallest(p.Amount))))
            .All(a => Given.TryGetValue(a.Receivable, out var given) && a.Amount <= given);

    /// <summary>Whether the payment in Intacct is of the same customer, currency and amount.</summary>
    private bool IsPostedAlike =>
        Posted is { } posted
        && string.Equals(posted.CustomerId?.Trim(), CustomerId, StringComparison.OrdinalIgnoreCase)
        && CurrencyOf(posted.Currency).Equals(Currency, StringComparison.OrdinalIgnoreCase)
        && Smallest(posted.TrxTotalEntered ?? posted.TotalEntered ?? 0) == Amount;

    public long Amount => Payment.Amount ?? 0;

    public string Currency => (Payment.Currency ?? "").Trim().ToUpperInvariant();

    public decimal AmountInUnits => UpflowMoney.FromSmallest(Amount, Currency);

    /// <summary>
    /// The number by which the payment is known in Intacct: the one of who took it, or one that is made of its id.
    /// </summary>
    public string DocNumber => DocNumberOf(Id, Payment.Reference);

    /// <summary>What a person calls it.</summary>
    public string Title => DocNumber;

    /// <summary>By what a person knows it again.</summary>
    public RecordFacts Shown => UpflowFlows.FactsOf(AmountInUnits, Payment.Currency, Payment.ValidatedAt, CustomerId);

    /// <summary>
    /// Equal while the payment and its links are equal, so that a change after it was posted is noticed.
    /// </summary>
    public string Hash =>
        ShortHash.Of(
            string.Join(
                '\n',
                Parts
                    .OrderBy(p => p.InvoiceId, StringComparer.Ordinal)
                    .Select(p => FormattableString.Invariant($"{p.InvoiceId} {p.Amount}"))
                    .Prepend(FormattableString.Invariant($"{Amount} {Currency}"))
            ),
            26
        );

    /// <summary>What finds the payment in Intacct when the answer to its create was lost.</summary>
    public ReceiptKey Key => new(CustomerId!.Trim(), DocNumber, AmountInUnits, Currency, ReceiptKey.MarkOf(Id));

    /// <summary>What it gives to each receivable that is ours, by source id, in the smallest unit.</summary>
    public IReadOnlyDictionary<string, long> Given =>
        Parts
            .Where(p => p.SourceId is not null)
            .GroupBy(p => p.SourceId!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(p => p.Amount), StringComparer.Ordinal);

    /// <summary>
    /// The first day on which somebody who entered it in Intacct by hand may have dated it; null where its own day is
    /// not known.
    /// </summary>
    public DateOnly? EnteredFrom => Payment.ValidatedAt?.AddDays(-31);

    /// <summary>The currency that a record of Intacct is in, which names none where it is the company's own.</summary>
    public string CurrencyOf(string? named) =>
        named?.Trim() is { Length: > 0 } code ? code.ToUpperInvariant() : DefaultCurrency;

    private long Smallest(decimal amount) => UpflowMoney.ToSmallest(amount, Currency);

    private static IEnumerable<(string Receivable, long Amount)> Sums(IEnumerable<(string Id, long Amount)> parts) =>
        parts
            .GroupBy(p => p.Id, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Sum(p => p.Amount)))
            .OrderBy(p => p.Key, StringComparer.Ordinal);

    /// <summary>
    /// DOCNUMBER holds 45 characters; a reference that is longer is not cut, as a part might be another's.
    /// </summary>
    private static string DocNumberOf(string id, string? reference) =>
        reference?.Trim() is { Length: > 0 and <= 45 } known ? known : ReceiptKey.MarkOf(id);
}

/// <summary>What a payment gives to one invoice in Upflow.</summary>
/// <param name="InvoiceId">Upflow's id of it.</param>
/// <param name="SourceId">The record that the invoice is of, in <c>upflow-invoices</c>; null for one that is not
/// ours.</param>
/// <param name="Number">As people know it.</param>
/// <param name="Amount">In the smallest unit of the payment's currency.</param>
/// <param name="Currency">Of the invoice; null where Upflow does not say.</param>
internal sealed record ReceiptPart(
    string InvoiceId,
    string? SourceId,
    string? Number,
    long Amount,
    string? Currency = null
)
{
    /// <summary>Whether the invoice is known to be in another currency: the amount says nothing of it then.</summary>
    public bool IsInOtherCurrency(string currency) =>
        Currency?.Trim() is { Length: > 0 } own && !own.Equals(currency, StringComparison.OrdinalIgnoreCase);
}
