using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>
/// A payment that was taken in Upflow, as far as it tells whether a payment of Intacct is the same money. Pure.
/// </summary>
/// <param name="Id">Upflow's id of it.</param>
/// <param name="CustomerId">Upflow's id of its customer.</param>
/// <param name="Currency">In the letters of ISO 4217; empty where Upflow does not say.</param>
/// <param name="Amount">In the smallest unit.</param>
/// <param name="Date">When it was taken.</param>
/// <param name="Reference">Its number at who took it.</param>
/// <param name="Links">What it gives to invoices, by Upflow's ids of them.</param>
internal sealed record TakenPayment(
    string Id,
    string? CustomerId,
    string Currency,
    long Amount,
    DateOnly? Date,
    string? Reference,
    IReadOnlyDictionary<string, long> Links
)
{
    /// <summary>Null for a payment that accounting sent, or that did not come.</summary>
    public static TakenPayment? Of(UpflowRead read) =>
        read is { ExternalId: null, Id: { } id, Amount: { } amount } && ReceiptStates.Of(read) != ReceiptState.Failed
            ? new TakenPayment(
                id,
                read.CustomerId,
                (read.Currency ?? "").Trim().ToUpperInvariant(),
                amount,
                read.ValidatedAt,
                read.Reference?.Trim(),
                read.LinkedInvoices.Where(l => l.Invoice.Id is not null)
                    .GroupBy(l => UpflowIds.Own(l.Invoice.Id!), StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(g => g.Key, g => g.Sum(l => l.Amount), StringComparer.OrdinalIgnoreCase)
            )
            {
                IsPaidBack = read.Unlinked < amount - read.LinkedInvoices.Sum(l => l.Amount),
            }
            : null;

    /// <summary>Whether any of it is linked to something else than invoices: it was paid back.</summary>
    public bool IsPaidBack { get; init; }

    /// <summary>
    /// Whether a payment of Intacct was posted for it, as its mark or its number says, and both pay the same.
    /// </summary>
    /// <param name="payment">The payment of Intacct.</param>
    /// <param name="receipts">Whether receipts are synced: what differs of one that bears its mark is told by its
    /// receipt then.</param>
    public bool IsPostedAs(PaymentFacts payment, bool receipts) =>
        (IsMarkedIn(payment) && (receipts || PaysAlike(payment))) || (IsNumbered(payment) && PaysAlike(payment));

    /// <summary>
    /// Whether a payment of Intacct may be it all the same: it bears its mark or its number; or it gives an invoice
    /// just what this one does; or it has its amount while this one is linked to nothing. One that is much older is
    /// not.
    /// </summary>
    /// <param name="payment">The payment of Intacct.</param>
    /// <param name="byAmount">Whether its customer and amount alone may say so: not of one that is done with.</param>
    public bool IsLike(PaymentFacts payment, bool byAmount) =>
        IsMarkedIn(payment)
        || IsNumbered(payment)
        || (
            MayBe(payment)
            && (
                GivenBy(payment).Any(g => Links.TryGetValue(g.Key, out var linked) && linked == g.Value)
                || (
                    byAmount
                    && Links.Count == 0
                    && !IsPaidBack
                    && Amount == AmountOf(payment)
                    && IsOfCustomer(payment)
                    && !(Date < (payment.Payment.ReceiptDate ?? payment.Payment.WhenPaid)?.AddDays(-31))
                )
            )
        );

    /// <summary>
    /// The payments that may be a payment of Intacct together: what they give to an invoice comes to what that one
    /// gives it, as where several were entered as one.
    /// </summary>
    /// <param name="taken">Payments that were taken in Upflow.</param>
    /// <param name="payment">The payment of Intacct.</param>
    public static IReadOnlyList<TakenPayment> LikeTogether(IReadOnlyList<TakenPayment> taken, PaymentFacts payment)
    {
        foreach (var (invoice, given) in GivenBy(payment))
        {
            var of = taken.Where(t => t.MayBe(payment) && t.Links.ContainsKey(invoice)).ToList();
            if (of.Count > 1 && Amounting(of, t => t.Links[invoice], given) is { } together)
                return together;
        }

        return [];
    }

    /// <summary>
    /// Some of them that come to a sum, or all of them; null where none do. Of many only all are tried.
    /// </summary>
    private static List<TakenPayment>? Amounting(List<TakenPayment> of, Func<TakenPayment, long> amount, long sum)
    {
        if (of.Sum(amount) == sum)
            return of;
        if (of.Count > MostTogether)
            return null;
        return Enumerable
            .Range(1, (1 << of.Count) - 1)
            .Select(set => of.Where((_, i) => (set & (1 << i)) != 0).ToList())
            .FirstOrDefault(some => some.Sum(amount) == sum);
    }

    /// <summary>Of so many, which were taken for one invoice, some may have been entered as one payment.</summary>
    private const int MostTogether = 8;

    private bool IsNumbered(PaymentFacts payment) =>
        MayBe(payment)
        && Amount == AmountOf(payment)
        && Reference is { Length: > 0 }
        && Reference == payment.Payment.DocNumber?.Trim();

    private bool PaysAlike(PaymentFacts payment) =>
        GivenBy(payment) is var given
        && given.Count == Links.Count
        && (given.Count > 0 || IsOfCustomer(payment))
        && given.All(g => Links.TryGetValue(g.Key, out var linked) && linked == g.Value);

    /// <summary>A customer that one side does not tell may be any.</summary>
    private bool IsOfCustomer(PaymentFacts payment) =>
        CustomerId is null
        || payment.Known.TargetOf(payment.Customer) is not { } customer
        || string.Equals(UpflowIds.Own(CustomerId), UpflowIds.Own(customer), StringComparison.OrdinalIgnoreCase);

    /// <summary>What a payment of Intacct gives to invoices, by Upflow's ids of them.</summary>
    private static Dictionary<string, long> GivenBy(PaymentFacts payment) =>
        payment
            .Parts.Where(p => p.Credit.Kind is CreditKind.Money or CreditKind.Payment)
            .GroupBy(
                p => UpflowIds.Own(payment.Known.TargetOf(PaymentFacts.Receivable(p))) ?? p.Receivable,
                StringComparer.OrdinalIgnoreCase
            )
            .ToDictionary(g => g.Key, g => g.Sum(p => payment.Smallest(p.Amount)), StringComparer.OrdinalIgnoreCase);

    /// <summary>What people know it by.</summary>
    public string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{VisibleText.Of(Reference is { Length: > 0 } ? Reference : Id)}' "
                + $"({UpflowMoney.FromSmallest(Amount, Currency):0.00##}{(Currency.Length > 0 ? $" {Currency}" : "")}"
                + $"{(Date is { } date ? $" of {date:yyyy-MM-dd}" : "")})"
        );

    private bool IsMarkedIn(PaymentFacts payment) =>
        ReceiptKey.MarkIn(payment.Payment.Description) is { } mark
        && (mark == ReceiptKey.MarkOf(Id) || mark == ReceiptKey.MarkOf(UpflowIds.Own(Id)));

    private bool MayBe(PaymentFacts payment) =>
        (Currency.Length == 0 || Currency == payment.Currency)
        && !((payment.Payment.ReceiptDate ?? payment.Payment.WhenPaid) < Date?.AddDays(-31));

    private static long AmountOf(PaymentFacts payment) =>
        payment.Smallest(payment.Payment.TrxTotalEntered ?? payment.Payment.TotalEntered ?? 0);
}
