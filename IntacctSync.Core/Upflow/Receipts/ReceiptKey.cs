using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// By what the payment of a receipt is known again in Intacct. Customer, number, amount and currency may be those of
/// two receipts; so what is posted from here also bears a mark of its receipt in its description.
/// </summary>
/// <param name="Customer">CUSTOMERID.</param>
/// <param name="DocNumber">DOCNUMBER.</param>
/// <param name="Amount">In its own currency.</param>
/// <param name="Currency">In the letters of ISO 4217; null in keys that were stored without one.</param>
/// <param name="Mark">Of the receipt; null for a payment that was not posted from here.</param>
internal sealed record ReceiptKey(string Customer, string DocNumber, decimal Amount, string? Currency, string? Mark)
{
    private const string Taken = "Taken in Upflow (";

    public static string MarkOf(string receiptId) => $"UPF-{ShortHash.Of(receiptId)}";

    /// <summary>The description of the payment in Intacct.</summary>
    public static string DescriptionOf(string receiptId) => $"{Taken}{MarkOf(receiptId)})";

    /// <summary>That of a payment in Intacct; null for one without a customer or a number.</summary>
    /// <param name="payment">As Intacct shows it.</param>
    /// <param name="defaultCurrency">Of a payment that names none.</param>
    public static ReceiptKey? Of(PaymentRecord payment, string defaultCurrency) =>
        payment is { CustomerId: { } customer, DocNumber: { } number }
            ? new ReceiptKey(
                customer.Trim(),
                number.Trim(),
                payment.TrxTotalEntered ?? payment.TotalEntered ?? 0,
                (payment.Currency?.Trim() is { Length: > 0 } code ? code : defaultCurrency).ToUpperInvariant(),
                MarkIn(payment.Description)
            )
            : null;

    /// <summary>Of a text that <see cref="ToString"/> gave; the number may hold a bar itself.</summary>
    public static ReceiptKey Parse(string text)
    {
        var (first, last) = (text.IndexOf('|', StringComparison.Ordinal), text.LastIndexOf('|'));
        var rest = text[(last + 1)..].Split(' ');
        return new ReceiptKey(
            text[..first],
            text[(first + 1)..last],
            decimal.Parse(rest[0], NumberStyles.Number, CultureInfo.InvariantCulture),
            rest.ElementAtOrDefault(1),
            rest.ElementAtOrDefault(2)
        );
    }

    public override string ToString() =>
        FormattableString.Invariant($"{Customer}|{DocNumber}|{Amount:0.####} {Currency} {Mark}").TrimEnd();

    /// <summary>For people: its document number, customer and amount.</summary>
    public string InWords =>
        FormattableString
            .Invariant($"its document number {DocNumber}, customer {Customer} and amount {Amount:#,0.00##} {Currency}")
            .TrimEnd();

    /// <summary>Whether both are of the same customer, number, amount and currency.</summary>
    public bool IsAs(ReceiptKey other) =>
        string.Equals(Customer, other.Customer, StringComparison.OrdinalIgnoreCase)
        && string.Equals(DocNumber, other.DocNumber, StringComparison.Ordinal)
        && Amount == other.Amount
        && (
            Currency is null
            || other.Currency is null
            || string.Equals(Currency, other.Currency, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Whether a payment in Intacct may be that of this receipt: it is none that bears another mark.</summary>
    public bool MayBe(ReceiptKey payment) => IsAs(payment) && (payment.Mark is null || payment.Mark == Mark);

    /// <summary>
    /// Which payments in Intacct those of receipts are, by the receipts' keys: those with their marks, then those
    /// without any. A payment is given once.
    /// </summary>
    /// <param name="wanted">Keys of receipts.</param>
    /// <param name="payments">Payments in Intacct that no receipt is linked to.</param>
    public static IReadOnlyDictionary<string, string> Assign(
        IReadOnlyCollection<string> wanted,
        IReadOnlyCollection<(ReceiptKey Key, string RecordNo)> payments
    )
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        var free = payments.OrderBy(p => p.RecordNo, StringComparer.Ordinal).ToList();
        foreach (var marked in new[] { true, false })
        {
            foreach (var text in wanted.Order(StringComparer.Ordinal).Where(t => !given.ContainsKey(t)))
            {
                var key = Parse(text);
                var at = free.FindIndex(p => key.MayBe(p.Key) && p.Key.Mark is not null == marked);
                if (at < 0)
                    continue;
                given[text] = free[at].RecordNo;
                free.RemoveAt(at);
            }
        }

        return given;
    }

    /// <summary>The mark of the receipt that a payment in Intacct was posted for; null for any other.</summary>
    public static string? MarkIn(string? description) =>
        description?.Trim() is { } text
        && text.StartsWith(Taken, StringComparison.Ordinal)
        && text.IndexOf(')', StringComparison.Ordinal) is > 0 and var end
            ? text[Taken.Length..end]
            : null;
}
