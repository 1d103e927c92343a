namespace IntacctSync.Core.Zuper;

/// <summary>A line of an invoice. Old ones lack much of it, and some are mere headings.</summary>
public sealed record ZuperInvoiceLine
{
    public string? Uid { get; init; }

    /// <summary>For example <c>ITEM</c>.</summary>
    public string? Type { get; init; }

    public string? ProductUid { get; init; }

    /// <summary>The product's part number.</summary>
    public string? ProductId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public decimal? Quantity { get; init; }

    public decimal? UnitPrice { get; init; }

    /// <summary>An amount or a percentage, as <see cref="DiscountType"/> says.</summary>
    public decimal? Discount { get; init; }

    /// <summary>For example <c>FIXED</c>.</summary>
    public string? DiscountType { get; init; }

    public decimal? Total { get; init; }

    public decimal? TaxAmount { get; init; }

    /// <summary>8.25 for eight and a quarter percent.</summary>
    public decimal? TaxRate { get; init; }

    public string? TaxName { get; init; }

    /// <summary>A heading: it has neither quantity nor price, and no total but nought.</summary>
    public bool IsSection => Quantity is null && UnitPrice is null && Total is null or 0m && TaxAmount is null or 0m;
}
