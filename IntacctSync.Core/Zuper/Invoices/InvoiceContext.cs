namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// What Intacct has for an invoice of Zuper: its customer, contact, items and term, and the number that it gets.
/// </summary>
public sealed record InvoiceContext
{
    public required string CustomerId { get; init; }

    /// <summary>The CONTACTNAME to bill to, out of that customer's contact list; null for the customer's own.</summary>
    public string? BillTo { get; init; }

    /// <summary>The number that the invoice gets in Intacct.</summary>
    public required string Number { get; init; }

    public required string ExternalId { get; init; }

    /// <summary>Zuper's payment term by its name in Intacct; null where Intacct has none of that name.</summary>
    public string? TermName { get; init; }

    /// <summary>
    /// The products, by uid and part number, whose item is inactive in Intacct. A line of such a product is not booked
    /// without its item.
    /// </summary>
    public IReadOnlySet<(string? Uid, string? PartNumber)> Inactive { get; init; } = new HashSet<(string?, string?)>();

    /// <summary>The items of the lines that have one.</summary>
    public IReadOnlyDictionary<InvoiceDraftLine, InvoiceItem> Items { get; init; } =
        new Dictionary<InvoiceDraftLine, InvoiceItem>();

    /// <summary>Whether a line names a product whose item is inactive.</summary>
    public bool LacksItem(InvoiceDraftLine line) =>
        line.Kind == InvoiceLineKind.Item && Inactive.Contains((line.ProductUid, line.ProductId));
}

/// <summary>The item that a product is in Intacct.</summary>
/// <param name="ItemId">ITEMID.</param>
/// <param name="Unit">The unit that it is sold in; null where that was not asked for or Intacct has none.</param>
public sealed record InvoiceItem(string ItemId, string? Unit);
