using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Records;

/// <summary>An ITEM. Prices that Intacct leaves empty are null, never nought.</summary>
/// <remarks>Fields: the lookup of ITEM (developer.intacct.com, Inventory Control, Items).</remarks>
public sealed record ItemRecord
{
    public static IReadOnlyList<string> Fields { get; } =
    [
        "RECORDNO",
        "ITEMID",
        "NAME",
        "ITEMTYPE",
        "STATUS",
        "EXTENDED_DESCRIPTION",
        "SODESCRIPTION",
        "PRODUCTLINEID",
        "BASEPRICE",
        "STANDARD_COST",
        "UOM.SOUOMDETAIL.UNIT",
        "BASEUOM",
        "TAXABLE",
        "UPC",
        "WHENCREATED",
        "WHENMODIFIED",
    ];

    public required string RecordNo { get; init; }

    public required string ItemId { get; init; }

    public string? Name { get; init; }

    /// <summary>
    /// Inventory, Non-Inventory, Non-Inventory (Purchase only), Non-Inventory (Sales only), Kit or Stockable Kit.
    /// </summary>
    public string? ItemType { get; init; }

    /// <summary>active or inactive.</summary>
    public string? Status { get; init; }

    public string? ExtendedDescription { get; init; }

    public string? SoDescription { get; init; }

    public string? ProductLineId { get; init; }

    public decimal? BasePrice { get; init; }

    public decimal? StandardCost { get; init; }

    /// <summary>The unit it is sold in, or else its base unit.</summary>
    public string? Unit { get; init; }

    public bool? Taxable { get; init; }

    public string? Upc { get; init; }

    /// <summary>As Intacct writes it, in the user's offset; so is the next.</summary>
    public string? WhenCreated { get; init; }

    public string? WhenModified { get; init; }

    /// <exception cref="FormatException">No RECORDNO or ITEMID, or a price that can't be read.</exception>
    public static ItemRecord Read(IntacctRecord record) =>
        new()
        {
            RecordNo = record.Required("RECORDNO"),
            ItemId = record.Required("ITEMID"),
            Name = record["NAME"],
            ItemType = record["ITEMTYPE"],
            Status = record["STATUS"],
            ExtendedDescription = record["EXTENDED_DESCRIPTION"],
            SoDescription = record["SODESCRIPTION"],
            ProductLineId = record["PRODUCTLINEID"],
            BasePrice = record.Decimal("BASEPRICE"),
            StandardCost = record.Decimal("STANDARD_COST"),
            Unit = record["UOM.SOUOMDETAIL.UNIT"] ?? record["BASEUOM"],
            Taxable = record.Boolean("TAXABLE"),
            Upc = record["UPC"],
            WhenCreated = record["WHENCREATED"],
            WhenModified = record["WHENMODIFIED"],
        };
}
