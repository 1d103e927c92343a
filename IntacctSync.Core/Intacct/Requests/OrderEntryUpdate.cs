using System.Globalization;
using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>Changes to an Order Entry document. Null leaves a field as it is.</summary>
/// <remarks>
/// From developer.intacct.com, Order Entry Transactions, update_sotransaction. It can't change the customer, the number
/// or the kind of document, and can't take a line away. Intacct deletes the document's invoice and makes another, with
/// another RECORDNO.
/// </remarks>
public sealed record OrderEntryUpdate
{
    public DateOnly? Date { get; init; }

    public DateOnly? DueDate { get; init; }

    public string? TermName { get; init; }

    public string? ReferenceNo { get; init; }

    public string? Message { get; init; }

    /// <summary>A CONTACTNAME.</summary>
    public string? BillTo { get; init; }

    public string? State { get; init; }

    public IReadOnlyList<OrderEntryLineUpdate> Changed { get; init; } = [];

    public IReadOnlyList<OrderEntryLine> Added { get; init; } = [];

    /// <summary>All of them, when any changes.</summary>
    public IReadOnlyList<OrderEntrySubtotal> Subtotals { get; init; } = [];

    /// <summary>By integration name.</summary>
    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = CustomFieldXml.None;

    internal void Write(XmlWriter writer)
    {
        writer.Date("datecreated", Date);
        writer.Field("referenceno", ReferenceNo);
        writer.Field("termname", TermName);
        writer.Date("datedue", DueDate);
        writer.Field("message", Message);
        writer.Contact("billto", BillTo);
        writer.LegacyCustomFields(CustomFields);
        writer.Field("state", State);
        if (Changed.Count + Added.Count > 0)
            writer.Group("updatesotransitems", WriteLines);
        OrderEntryRequests.WriteSubtotals(writer, "updatesubtotals", "updatesubtotal", Subtotals);
    }

    private void WriteLines(XmlWriter writer)
    {
        foreach (var (number, line) in Changed)
        {
            writer.Group(
                "updatesotransitem",
                w =>
                {
                    w.WriteAttributeString("line_num", number.ToString(CultureInfo.InvariantCulture));
                    line.Write(w);
                }
            );
        }

        foreach (var line in Added)
            writer.Group("sotransitem", line.Write);
    }
}

/// <summary>A line of an Order Entry document that is there already.</summary>
/// <param name="LineNum">Counted from 1, though reads count from 0 (developer.intacct.com, Functions).</param>
/// <param name="Line">What the line becomes; fields that are null stay as they are.</param>
public sealed record OrderEntryLineUpdate(int LineNum, OrderEntryLine Line);
