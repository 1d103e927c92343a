using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Tells whether an invoice is still what was last written. It is made only of what Zuper says. A payment, another
/// status, a changed setting or a changed product does not change it, and so does not rewrite a posted invoice.
/// </summary>
/// <param name="Identity">Of the number and of whom the invoice is for.</param>
/// <param name="Content">Of dates, texts, lines and sums.</param>
/// <param name="Fields">Of the names of the custom fields that dimensions are read from, or that are carried.</param>
/// <param name="Dimensions">Of the values of those fields. It can't be compared where <paramref name="Fields"/> has
/// changed.</param>
public sealed record InvoiceHash(string Identity, string Content, string Fields, string Dimensions)
{
    /// <summary>Takes the place of the hash once the counterpart is out of the books.</summary>
    public const string Reversed = "reversed";

    /// <summary>As <see cref="Reversed"/>, and a new invoice must still be made in its place.</summary>
    public const string Replaced = "replaced";

    /// <summary>Whether a linked record with this hash in its row has a counterpart that counts.</summary>
    public static bool IsInBooks(string? hash) => hash is not (Reversed or Replaced);

    public static InvoiceHash Of(ZuperInvoice invoice, ZuperConnectionSettings settings)
    {
        string?[] fields =
        [
            settings.InvoiceLocationField,
            settings.Invoice.DepartmentField,
            settings.Invoice.ClassField,
            settings.Invoice.ProjectField,
        ];
        var (head, line) = (Labels(settings.CustomFields.Invoices), Labels(settings.CustomFields.InvoiceLines));
        return new InvoiceHash(
            IdentityOf(invoice, invoice.OrganizationUid ?? invoice.CustomerUid),
            ShortHash.Of(
                Joined([
                    Time(invoice.InvoiceDate),
                    Time(invoice.DueDate),
                    invoice.PaymentTermName,
                    invoice.ReferenceNo,
                    InvoiceText.Description(invoice),
                    Number(invoice.TotalDiscount ?? 0),
                    Number(invoice.Total),
                    .. invoice.Lines.Where(l => !l.IsSection).SelectMany(Line),
                    "taxes",
                    .. invoice.Taxes.SelectMany(t => new[] { t.Name, Number(t.Amount) }),
                    "fees",
                    .. invoice.Fees.SelectMany(f => new[] { f.Name, Number(f.Amount) }),
                    .. invoice.UnreadableTerms is { } unreadable ? new[] { "unreadable", unreadable } : [],
                ]),
                20
            ),
            ShortHash.Of(
                Joined([
                    .. fields,
                    .. head.Select(f => $"{f.Key}={f.Value}"),
                    .. line.Select(f => $"line {f.Key}={f.Value}"),
                ]),
                6
            ),
            ShortHash.Of(
                Joined([
                    .. fields.Select(f => f is null ? null : invoice.CustomField(f)),
                    .. head.Select(f => Said(invoice.CustomFields, f.Key)),
                    .. invoice
                        .Lines.Where(l => !l.IsSection)
                        .SelectMany(l => line.Select(f => Said(l.CustomFields, f.Key))),
                ]),
                10
            )
        );
    }

    /// <summary>Of its number, and of a party by its uid, which may be one that it was for before.</summary>
    internal static string IdentityOf(ZuperInvoice invoice, string? party) =>
        ShortHash.Of(Joined(NumberOf(invoice), party), 10);

    /// <returns>Null for a text that is no hash of an invoice. The invoice is then compared with Intacct.</returns>
    public static InvoiceHash? Parse(string? text) =>
        text?.Split('.') is [var identity, var content, var fields, var dimensions]
            ? new InvoiceHash(identity, content, fields, dimensions)
            : null;

    /// <summary>Whether an invoice that was written with this hash needs no write for the other one.</summary>
    public bool Covers(InvoiceHash now) =>
        Identity == now.Identity && Content == now.Content && (Fields != now.Fields || Dimensions == now.Dimensions);

    public override string ToString() => string.Join('.', Identity, Content, Fields, Dimensions);

    /// <summary>
    /// The number without a blank behind its prefix: hashes that are stored were made so, and the blank alone is no
    /// other number.
    /// </summary>
    private static string? NumberOf(ZuperInvoice invoice) =>
        invoice.Prefix?.TrimStart() is { Length: > 0 } prefix
        && invoice.DisplayNumber?.StartsWith(prefix, StringComparison.Ordinal) == true
            ? prefix.TrimEnd() + invoice.DisplayNumber[prefix.Length..]
            : invoice.DisplayNumber;

    private static IEnumerable<KeyValuePair<string, string>> Labels(IReadOnlyDictionary<string, string> map) =>
        map.OrderBy(m => m.Key, StringComparer.Ordinal);

    /// <summary>What Zuper says of a carried field, whether or not it can be carried.</summary>
    private static string? Said(IReadOnlyList<ZuperCustomField> fields, string label) =>
        ZuperCustomField.ValueAmong(fields, label) ?? ZuperCustomField.UnreadableAmong(fields, label)?.Message;

    private static string?[] Line(ZuperInvoiceLine line) =>
        [
            "line",
            line.ProductUid ?? line.ProductId,
            line.Name,
            line.Description,
            Number(line.Quantity),
            Number(line.UnitPrice),
            Number(line.Discount ?? 0),
            line.Discount is null or 0 ? null : line.DiscountType,
            Number(line.Total),
            line.TaxName,
            Number(line.TaxAmount ?? 0),
        ];

    private static string Joined(params string?[] parts) =>
        string.Join('\n', parts.Select(p => p?.Trim().Replace('\n', ' ') ?? ""));

    private static string? Number(decimal? number) => number?.ToString("0.############", CultureInfo.InvariantCulture);

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
