using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Texts of invoices as Intacct takes them.</summary>
/// <remarks>
/// Lengths: 45 for numbers and 1,000 for texts, as integrators report for ARINVOICE and its lines. Where Intacct
/// publishes a length, it is longer.
/// </remarks>
internal static class InvoiceText
{
    public const int Number = 45;
    public const int Reference = 45;
    public const int LongText = 1000;

    /// <summary>The description, or the remarks where that is empty: some accounts write it there.</summary>
    public static string Description(ZuperInvoice invoice) =>
        Plain(invoice.Description) is { Length: > 0 } description ? description : Plain(invoice.Remarks);

    /// <summary>The line's name, and its description where that says more.</summary>
    public static string Memo(ZuperInvoiceLine line)
    {
        var (name, description) = (IntacctText.Clean(line.Name), Plain(line.Description));
        var memo =
            name.Length == 0 ? description
            : description.Length == 0 || string.Equals(name, description, StringComparison.OrdinalIgnoreCase) ? name
            : $"{name}: {description}";
        return IntacctText.Cut(memo, LongText);
    }

    /// <summary>The plain text of what Zuper keeps as HTML.</summary>
    public static string Plain(string? text) =>
        string.IsNullOrWhiteSpace(text) ? "" : IntacctText.Cut(HtmlText.Plain(text), LongText);
}
