namespace IntacctSync.Core.Zuper.Invoices;

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
    public IReadOnlyDictionary<InvoiceDraftLine, InvoiceItem> Items { get; init; } =
        new Dictionary<InvoiceDraftLine, InvoiceItem>();
}

/// <summary>The item that a product is in Intacct.</summary>
/// <param name="ItemId">ITEMID.</param>
/// <param name="Unit">The unit that it is sold in; null where that was not asked for or Intacct has none.</param>
public sealed record InvoiceItem(string ItemId, string? Unit);
