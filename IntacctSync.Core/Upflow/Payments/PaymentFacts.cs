using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>What is known of one payment or advance when it is decided what of it is to stand in Upflow.</summary>
internal sealed record PaymentFacts
{
    /// <summary>Its source id.</summary>
    public required string SourceId { get; init; }

    /// <summary>The head, as Intacct has it.</summary>
    public required PaymentRecord Payment { get; init; }

    /// <summary>What it gave to receivables, of its own or of other credits.</summary>
    public required IReadOnlyList<AppliedPart> Parts { get; init; }

    /// <summary>What the key map knows of its customer, of the receivables and of the credits.</summary>
    public required KnownCounterparts Known { get; init; }

    /// <summary>When it was reversed; null where Intacct does not show that yet.</summary>
    public DateOnly? ReversedOn { get; init; }

    /// <summary>Of a payment that names no currency.</summary>
    public required string DefaultCurrency { get; init; }

    public string Currency => (Payment.Currency ?? DefaultCurrency).Trim().ToUpperInvariant();

    /// <summary>
    /// The currencies of receivables and credits whose rows do not tell them, as Intacct has them now; empty for the
    /// company's own.
    /// </summary>
    public IReadOnlyDictionary<ParentKey, string> Currencies { get; init; } = new Dictionary<ParentKey, string>();

    /// <summary>
    /// A linked receivable that it pays, or a linked credit that it applies, whose currency can't be told; null where
    /// there is none, or where the company has one currency only, of which payments do not speak.
    /// </summary>
    public ParentKey? OfUnknownCurrency =>
        Payment.Currency is null
            ? null
            : WithoutCurrency(Known, Parts).Where(r => !Currencies.ContainsKey(r)).Cast<ParentKey?>().FirstOrDefault();

    /// <summary>
    /// The linked receivables among what was paid, and the linked credits among what was applied, whose rows do not
    /// tell a currency: those that were found anew, or linked by hand, and not looked at since.
    /// </summary>
    public static IEnumerable<ParentKey> WithoutCurrency(KnownCounterparts known, IEnumerable<AppliedPart> parts) =>
        Linked(known, parts).Where(r => known.CurrencyOf(r) is null);

    /// <summary>
    /// A receivable that it pays, or a credit that it applies, in another currency than its own: what was given can't
    /// be told as an amount of both.
    /// </summary>
    public (ParentKey Record, string Currency)? InOtherCurrency =>
        Linked(Known, Parts)
            .Select(r => (Record: r, Currency: Known.CurrencyOf(r) ?? Currencies.GetValueOrDefault(r)))
            .Where(r => r.Currency is not null)
            .Select(r => (r.Record, Currency: r.Currency!.Length == 0 ? DefaultCurrency : r.Currency))
            .Where(r => !string.Equals(r.Currency.Trim(), Currency, StringComparison.OrdinalIgnoreCase))
            .Cast<(ParentKey Record, string Currency)?>()
            .FirstOrDefault();

    private static IEnumerable<ParentKey> Linked(KnownCounterparts known, IEnumerable<AppliedPart> parts) =>
        parts
            .SelectMany(p => new[] { Receivable(p), CreditOf(p) })
            .OfType<ParentKey>()
            .Where(r => known.TargetOf(r) is not null);

    /// <summary>Its name in Upflow.</summary>
    public string ExternalId => ExternalIdOf(SourceId);

    public static string ExternalIdOf(string sourceId) =>
        UpflowIds.Parse(sourceId) is null ? UpflowIds.Of(UpflowIds.Payment, sourceId) : sourceId;

    /// <summary>The payment or advance that such a name is of; null for another text. Pure.</summary>
    public static string? SourceIdOf(string? externalId) =>
        externalId is null ? null
        : UpflowIds.Parse(externalId) is not { } named ? null
        : named.Object == UpflowIds.Payment ? named.RecordNo
        : named.Object == UpflowIds.Advance ? externalId
        : null;

    public bool IsAdvance => UpflowIds.Parse(SourceId) is not null;

    /// <summary>What a person calls it.</summary>
    public string Title => Payment.DocNumber ?? Payment.RecordId ?? Payment.RecordNo;

    /// <summary>By what a person knows it again.</summary>
    public RecordFacts Shown =>
        UpflowFlows.FactsOf(
            Payment.TrxTotalEntered ?? Payment.TotalEntered,
            Payment.Currency,
            Payment.ReceiptDate ?? Payment.WhenPaid,
            Payment.CustomerId
        );

    public ParentKey Customer => new(UpflowFlows.Customers, (Payment.CustomerId ?? "").Trim());

    /// <summary>
    /// What other payments applied of its money; read only where it applied credits itself, or less than was paid.
    /// </summary>
    public decimal UsedByOthers { get; init; }

    /// <summary>What its details come to, of whatever source; null for what its parts do.</summary>
    public decimal? OfDetails { get; init; }

    /// <summary>Whether Intacct shows all that it was applied to; of an advance, other payments tell that.</summary>
    public ShownDetails Details =>
        IsAdvance
            ? ShownDetails.All
            : Payment.Shown(
                Applied + UsedByOthers,
                Parts.Where(p => p.Credit.Kind == CreditKind.Discount).Sum(p => p.Amount),
                (OfDetails ?? Parts.Sum(p => p.Amount)) + UsedByOthers
            );

    /// <summary>The money that came in, in the smallest unit.</summary>
    /// <remarks>
    /// Whether the total of a payment counts the credits that were applied with it, and the discounts, is not known.
    /// Where there are any, the money is therefore summed up from what became of it. Each part is rounded by itself, as
    /// its link is, so that nothing is left of what was used up (<see cref="PaymentRounding"/>).
    /// </remarks>
    public long Money =>
        Parts.Where(p => p.Credit.Kind == CreditKind.Money).Sum(p => Smallest(p.Amount))
        + Smallest(IsMixed(Parts) ? UsedByOthers + Left : Entered - Applied);

    private decimal Entered => Payment.TrxTotalEntered ?? Payment.TotalEntered ?? Applied;

    /// <summary>Of its own money.</summary>
    private decimal Applied => OwnMoney(Parts);

    /// <summary>What was given of the payment's own money, without credits and discounts.</summary>
    public static decimal OwnMoney(IEnumerable<AppliedPart> parts) =>
        parts.Where(p => p.Credit.Kind == CreditKind.Money).Sum(p => p.Amount);

    private decimal Left => Math.Max(0, Payment.TrxTotalDue ?? Payment.TotalDue ?? 0);

    /// <summary>Whether anything but money is among what was given.</summary>
    public static bool IsMixed(IReadOnlyList<AppliedPart> parts) => parts.Any(p => p.Credit.Kind != CreditKind.Money);

    /// <summary>Whether credits are among what was given.</summary>
    public static bool AppliesCredits(IReadOnlyList<AppliedPart> parts) =>
        parts.Any(p => p.Credit.Kind is CreditKind.Payment or CreditKind.CreditNote);

    /// <summary>Whether something that was taken in Upflow is among them.</summary>
    public bool AppliesTaken => Parts.Any(p => CreditOf(p) is { } credit && Known.IsTaken(credit));

    public long Smallest(decimal amount) => UpflowMoney.ToSmallest(amount, Currency);

    public static ParentKey Receivable(AppliedPart part) => new(UpflowFlows.Invoices, part.Receivable);

    /// <summary>The record that a credit is; null for one that is the payment's own.</summary>
    public static ParentKey? CreditOf(AppliedPart part) =>
        part.Credit is { SourceId: { } id } credit
            ? new ParentKey(credit.Kind == CreditKind.CreditNote ? UpflowFlows.CreditNotes : UpflowFlows.Payments, id)
            : null;

    /// <summary>All records that the payment refers to.</summary>
    public static IEnumerable<ParentKey> References(PaymentRecord payment, IEnumerable<AppliedPart> parts) =>
        parts
            .SelectMany(p => new[] { Receivable(p), CreditOf(p) })
            .OfType<ParentKey>()
            .Append(new ParentKey(UpflowFlows.Customers, (payment.CustomerId ?? "").Trim()));

    /// <summary>
    /// The first record that it refers to and that has no counterpart yet; a customer is needed in any case.
    /// </summary>
    public ParentKey? Awaited =>
        Known.TargetOf(Customer) is null
            ? Customer
            : References(Payment, Parts).Where(Known.IsAwaited).Cast<ParentKey?>().FirstOrDefault();

    /// <summary>Whether it refers to a record that will have a counterpart and has none yet.</summary>
    public bool IsAwaiting => References(Payment, Parts).Any(Known.IsAwaited);
}
