using System.Globalization;
using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>Changes to an invoice of Accounts Receivable. Null leaves a field as it is.</summary>
/// <remarks>
/// From developer.intacct.com, Accounts Receivable, Invoices, update_invoice. It can't remove a line; an amount of zero
/// comes closest. It could change the customer and the number, which is not done here, since an invoice of another
/// customer is another invoice. It has no external id, and calls the bill-to contact payto.
/// </remarks>
public sealed record InvoiceUpdate
{
    public DateOnly? Date { get; init; }

    public DateOnly? DueDate { get; init; }

    public string? TermName { get; init; }

    public string? PoNumber { get; init; }

    public string? Description { get; init; }

    /// <summary>A CONTACTNAME.</summary>
    public string? BillTo { get; init; }

    public IReadOnlyList<InvoiceLineUpdate> Changed { get; init; } = [];

    public IReadOnlyList<InvoiceLine> Added { get; init; } = [];

    /// <summary>By integration name.</summary>
    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = CustomFieldXml.None;

    internal void Write(XmlWriter writer)
    {
        writer.Date("datecreated", Date);
        writer.Date("datedue", DueDate);
        writer.Field("termname", TermName);
        writer.Field("ponumber", PoNumber);
        writer.Field("description", Description);
        writer.Contact("payto", BillTo);
        writer.LegacyCustomFields(CustomFields);
        if (Changed.Count + Added.Count > 0)
            writer.Group("updateinvoiceitems", WriteLines);
    }

    private void WriteLines(XmlWriter writer)
    {
        foreach (var (number, line) in Changed)
        {
            writer.Group(
                "updatelineitem",
                w =>
                {
                    w.WriteAttributeString("line_num", number.ToString(CultureInfo.InvariantCulture));
                    line.Write(w);
                }
            );
        }

        foreach (var line in Added)
            writer.Group("lineitem", line.Write);
    }
}

/// <summary>A line of an invoice that is there already.</summary>
/// <param name="LineNum">Counted from 1.</param>
/// <param name="Line">What the line becomes; fields that are null stay as they are.</param>
public sealed record InvoiceLineUpdate(int LineNum, InvoiceLine Line);
