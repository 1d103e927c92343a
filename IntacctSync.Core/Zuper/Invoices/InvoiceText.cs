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

    /// <summary>Of an invoice from Zuper: room is left for what tells the one that is made again by
    /// <c>recreate</c>.</summary>
    public const int LongestNumber = Number - 4;

    public const int Reference = 45;
    public const int LongText = 1000;

    /// <summary>The description, or the remarks where that is empty: some accounts write it there.</summary>
    public static string Description(ZuperInvoice invoice) => IntacctText.Cut(WholeDescription(invoice), LongText);

    /// <summary>The line's name, and its description where that says more.</summary>
    public static string Memo(ZuperInvoiceLine line) => IntacctText.Cut(WholeMemo(line), LongText);

    /// <summary>The plain text of what Zuper keeps as HTML, as long as Intacct takes it.</summary>
    public static string Plain(string? text) => IntacctText.Cut(Whole(text), LongText);

    /// <summary>What a person is told of texts that are longer than Intacct's.</summary>
    /// <returns>Null where all are carried whole.</returns>
    public static string? Cut(ZuperInvoice invoice) =>
        LongTexts.Of(
            invoice
                .Lines.Where(l => !l.IsSection)
                .Select((l, i) => ($"the text of line {i + 1}", (string?)WholeMemo(l), LongText))
                .Prepend(("the description", WholeDescription(invoice), LongText))
        );

    private static string WholeDescription(ZuperInvoice invoice) =>
        Whole(invoice.Description) is { Length: > 0 } description ? description : Whole(invoice.Remarks);

    private static string WholeMemo(ZuperInvoiceLine line)
    {
        var (name, description) = (IntacctText.Clean(line.Name), Whole(line.Description));
        return name.Length == 0 ? description
            : description.Length == 0 || string.Equals(name, description, StringComparison.OrdinalIgnoreCase) ? name
            : $"{name}: {description}";
    }

    private static string Whole(string? text) =>
        string.IsNullOrWhiteSpace(text) ? "" : IntacctText.Clean(HtmlText.Plain(text));
}
