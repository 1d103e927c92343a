using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>One line of an Order Entry document. Null leaves a field out.</summary>
public sealed record OrderEntryLine
{
    public required string ItemId { get; init; }

    public string? Description { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>Must be a unit of the item, letter by letter.</summary>
    public string? Unit { get; init; }

    /// <summary>10 for ten percent.</summary>
    public decimal? DiscountPercent { get; init; }

    /// <summary>Of one unit, in the transaction's currency.</summary>
    public required decimal Price { get; init; }

    public string? Memo { get; init; }

    public string? LocationId { get; init; }

    public string? DepartmentId { get; init; }

    public string? ProjectId { get; init; }

    public string? CustomerId { get; init; }

    public string? ClassId { get; init; }

    /// <summary>By integration name.</summary>
    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = CustomFieldXml.None;

    /// <summary>In the order of <c>sotransitem</c> and <c>updatesotransitem</c>, which is the same for these.</summary>
    internal void Write(XmlWriter writer)
    {
        writer.Field("itemid", ItemId);
        writer.Field("itemdesc", Description);
        writer.Number("quantity", Quantity);
        writer.Field("unit", Unit);
        writer.Number("discountpercent", DiscountPercent);
        writer.Money("price", Price);
        writer.Field("locationid", LocationId);
        writer.Field("departmentid", DepartmentId);
        writer.Field("memo", Memo);
        writer.LegacyCustomFields(CustomFields);
        writer.Field("projectid", ProjectId);
        writer.Field("customerid", CustomerId);
        writer.Field("classid", ClassId);
    }
}
