namespace IntacctSync.Core.Flows.Zuper.Invoices;

/// <summary>A line of an invoice as Intacct has it.</summary>
internal sealed record BookedLine
{
    /// <summary>Counted from 1, as updates count.</summary>
    public required int Number { get; init; }

    public decimal Amount { get; init; }

    public string? Memo { get; init; }

    public string? GlAccountNo { get; init; }

    public string? AccountLabel { get; init; }

    public string? ItemId { get; init; }

    public string? LocationId { get; init; }

    public string? DepartmentId { get; init; }

    public string? ClassId { get; init; }

    public string? ProjectId { get; init; }

    /// <summary>Of Order Entry, as the next two.</summary>
    public decimal? Quantity { get; init; }

    public decimal? Price { get; init; }

    public decimal? DiscountPercent { get; init; }

    /// <summary>Of Order Entry: the name of the subtotal that this is; null for a line.</summary>
    public string? Subtotal { get; init; }
}
