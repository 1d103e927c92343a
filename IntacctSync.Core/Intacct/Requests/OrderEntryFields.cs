using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>An Order Entry document to be made. Null leaves a field out.</summary>
/// <remarks>
/// Fields and their order: developer.intacct.com, Order Entry, Order Entry Transactions, create_sotransaction.
/// </remarks>
public sealed record OrderEntryFields
{
    /// <summary>The name of the company's transaction definition, such as <c>Sales Invoice</c>.</summary>
    public required string TransactionType { get; init; }

    public required string CustomerId { get; init; }

    public required DateOnly Date { get; init; }

    public DateOnly? DueDate { get; init; }

    /// <summary>The NAME of an ARTERM.</summary>
    public string? TermName { get; init; }

    /// <summary>The document's id is the definition's name, a hyphen and this.</summary>
    public required string DocumentNo { get; init; }

    public string? ReferenceNo { get; init; }

    public string? Message { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>A CONTACTNAME.</summary>
    public string? BillTo { get; init; }

    /// <summary>Only in a company with several currencies.</summary>
    public InvoiceCurrency? Currency { get; init; }

    public required IReadOnlyList<OrderEntryLine> Lines { get; init; }

    public IReadOnlyList<OrderEntrySubtotal> Subtotals { get; init; } = [];

    /// <summary>Draft, Pending or Closed. If it is left out, the definition's own state is used.</summary>
    public string? State { get; init; }

    /// <summary>By integration name.</summary>
    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = CustomFieldXml.None;

    internal void Write(XmlWriter writer)
    {
        writer.Field("transactiontype", TransactionType);
        writer.Date("datecreated", Date);
        writer.Field("customerid", CustomerId);
        writer.Field("documentno", DocumentNo);
        writer.Field("referenceno", ReferenceNo);
        writer.Field("termname", TermName);
        writer.Date("datedue", DueDate);
        writer.Field("message", Message);
        writer.Contact("billto", BillTo);
        writer.Field("externalid", ExternalId);
        Currency?.Write(writer);
        writer.LegacyCustomFields(CustomFields);
        writer.Field("state", State);
        writer.Group(
            "sotransitems",
            items =>
            {
                foreach (var line in Lines)
                    items.Group("sotransitem", line.Write);
            }
        );
        OrderEntryRequests.WriteSubtotals(writer, "subtotals", "subtotal", Subtotals);
    }
}

/// <summary>A subtotal of a document, such as a tax or a discount.</summary>
/// <param name="Description">The name of a subtotal line of the transaction definition, by which Intacct finds
/// it.</param>
/// <param name="Total">In the transaction's currency.</param>
public sealed record OrderEntrySubtotal(string Description, decimal Total)
{
    internal void Write(XmlWriter writer)
    {
        writer.Field("description", Description);
        writer.Money("total", Total);
    }
}
