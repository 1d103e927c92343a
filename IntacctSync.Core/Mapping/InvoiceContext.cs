namespace IntacctSync.Core.Mapping;

/// <summary>What the other side has for an invoice.</summary>
public sealed record InvoiceContext
{
    public required string CustomerId { get; init; }

    /// <summary>A CONTACTNAME of that customer's.</summary>
    public string? BillTo { get; init; }

    /// <summary>In Intacct.</summary>
    public required string Number { get; init; }

    public required string ExternalId { get; init; }

    /// <summary>Zuper's payment term by its name in Intacct; null where Intacct has none of that name.</summary>
    public string? TermName { get; init; }

    /// <summary>The items of the lines that have one.</summary>
    public IReadOnlyDictionary<InvoiceDraftLine, InvoiceItem> Items { get; init; } = new Dictionary<InvoiceDraftLine, InvoiceItem>();
}
