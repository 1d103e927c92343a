namespace IntacctSync.Core.Mapping;

/// <summary>One line of an invoice as it is to be booked, before accounts and items of Intacct are given to it.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Amount">In the transaction's currency, two decimals; negative for a discount.</param>
/// <param name="Memo">What a person reads on it.</param>
public sealed record InvoiceDraftLine(InvoiceLineKind Kind, decimal Amount, string Memo)
{
    public decimal Quantity { get; init; } = 1;

    /// <summary>Before the line's own discount; may have more than two decimals.</summary>
    public decimal UnitPrice { get; init; }

    /// <summary>The line's own discount where Zuper has it as a percentage: 10 for ten percent.</summary>
    public decimal? DiscountPercent { get; init; }

    public string? ProductUid { get; init; }

    /// <summary>The product's part number, by which an item is found that the key map does not know.</summary>
    public string? ProductId { get; init; }
}
