namespace IntacctSync.Core.Zuper.Records;

/// <summary>A product or service as Zuper gives it (developers.zuper.co, Get Product Details).</summary>
/// <remarks>
/// Its custom fields are what Zuper calls <c>meta_data</c>. A price that can't be read is null: Intacct's takes its
/// place.
/// </remarks>
public sealed record ZuperProduct : ZuperRecord
{
    /// <summary>The part number that people give; not the number that Zuper counts.</summary>
    public string? ProductId { get; init; }

    public string? Name { get; init; }

    /// <summary>HTML.</summary>
    public string? Description { get; init; }

    public string? CategoryUid { get; init; }

    /// <summary>PRODUCT, SERVICE, PARTS or BUNDLE.</summary>
    public string? Type { get; init; }

    public decimal? Price { get; init; }

    public decimal? PurchasePrice { get; init; }

    /// <summary>The unit of measure.</summary>
    public string? Uom { get; init; }

    public bool IsAvailable { get; init; } = true;

    public IReadOnlyList<ZuperCustomField> MetaData => CustomFields;
}
