using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>An invoice of Accounts Receivable to be made. Null leaves a field out.</summary>
/// <remarks>Fields and their order: developer.intacct.com, Accounts Receivable, Invoices, create_invoice.</remarks>
public sealed record InvoiceFields
{
    public required string CustomerId { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>This or <see cref="TermName"/> is required.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>The NAME of an ARTERM.</summary>
    public string? TermName { get; init; }

    /// <summary>If it is left out, the company's document sequence gives it.</summary>
    public string? InvoiceNo { get; init; }

    public string? PoNumber { get; init; }

    public string? Description { get; init; }

    /// <summary>An id of our choosing. Intacct keeps it, and finds the invoice by it in place of the key.</summary>
    public string? ExternalId { get; init; }

    /// <summary>A CONTACTNAME.</summary>
    public string? BillTo { get; init; }

    /// <summary>Only in a company with several currencies.</summary>
    public InvoiceCurrency? Currency { get; init; }

    public required IReadOnlyList<InvoiceLine> Lines { get; init; }

    /// <summary>By integration name.</summary>
    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = CustomFieldXml.None;

    internal void Write(XmlWriter writer)
    {
        writer.Field("customerid", CustomerId);
        writer.Date("datecreated", Date);
        writer.Date("datedue", DueDate);
        writer.Field("termname", TermName);
        writer.Field("invoiceno", InvoiceNo);
        writer.Field("ponumber", PoNumber);
        writer.Field("description", Description);
        writer.Field("externalid", ExternalId);
        writer.Contact("billto", BillTo);
        Currency?.Write(writer);
        writer.LegacyCustomFields(CustomFields);
        writer.Group(
            "invoiceitems",
            items =>
            {
                foreach (var line in Lines)
                    items.Group("lineitem", line.Write);
            }
        );
    }
}
