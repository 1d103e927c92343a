using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Products;

/// <summary>An Intacct item as a Zuper product. Pure.</summary>
/// <remarks>
/// Intacct owns the fields that are mapped here; the people in Zuper own stock, files, markups and tags. A field that
/// is empty or was cleared in Intacct is not written: the product keeps its description, price or unit.
/// </remarks>
public static class ProductMapper
{
    /// <summary>Label of the meta data that shows the item's id in Zuper.</summary>
    public const string SageItemId = "Sage Item ID";

    // Zuper publishes no lengths. These are long enough for what Intacct holds.
    private const int Name = 200;
    private const int Description = 4000;
    private const int Unit = 50;

    /// <summary>
    /// The fields that are kept equal on a product that exists. The category is among them only where the settings name
    /// one for the item's product line; the default category is for new products.
    /// </summary>
    public static Mapped<ZuperProductFields>.Document Map(ItemRecord item, ZuperConnectionSettings settings)
    {
        var name = IntacctText.Cut(item.Name, Name);
        var description = Html(item.SoDescription ?? item.ExtendedDescription ?? "");
        var unit = IntacctText.Cut(item.Unit, Unit);
        var fields = new ZuperProductFields
        {
            ProductId = item.ItemId.Trim(),
            Name = name.Length == 0 ? item.ItemId.Trim() : name,
            Description = description.Length == 0 ? null : description,
            CategoryUid = CategoryOf(item, settings),
            Price = item.BasePrice,
            PurchasePrice = item.StandardCost,
            Uom = unit.Length == 0 ? null : unit,
            IsAvailable = IsActive(item),
        };
        return new Mapped<ZuperProductFields>.Document(fields, HashOf(fields));
    }

    /// <summary>
    /// The product as it is made, with a category, a type, and the item's id in its meta data; or what a person must
    /// set first.
    /// </summary>
    public static Mapped<ZuperProductFields> ForCreate(ItemRecord item, ZuperConnectionSettings settings)
    {
        var (fields, hash) = Map(item, settings);
        if ((fields.CategoryUid ?? DefaultCategory(settings)) is not { } category)
            return new Mapped<ZuperProductFields>.Rejected(CategoryMissing(item));
        return new Mapped<ZuperProductFields>.Document(
            fields with
            {
                CategoryUid = category,
                Type = TypeOf(item.ItemType),
                MetaData = [MetaData(fields.ProductId!)],
            },
            hash
        );
    }

    public static bool IsActive(ItemRecord item) =>
        !string.Equals(item.Status?.Trim(), "inactive", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a person calls the item.</summary>
    public static string Title(ItemRecord item) => IntacctText.Cut($"{item.ItemId} {item.Name}", Name);

    public static ZuperCustomField MetaData(string itemId) => new(SageItemId, itemId, "SINGLE_LINE");

    public static string HashOf(ZuperProductFields fields) => ShortHash.Of(JsonSerializer.Serialize(fields), 26);

    private static string? CategoryOf(ItemRecord item, ZuperConnectionSettings settings) =>
        item.ProductLineId?.Trim() is { Length: > 0 } line
        && settings.ProductCategories.TryGetValue(line, out var mapped)
        && mapped.Trim().Length > 0
            ? mapped.Trim()
            : null;

    private static string? DefaultCategory(ZuperConnectionSettings settings) =>
        string.IsNullOrWhiteSpace(settings.DefaultProductCategoryUid)
            ? null
            : settings.DefaultProductCategoryUid.Trim();

    private static Problem CategoryMissing(ItemRecord item)
    {
        var line = IntacctText.Cut(item.ProductLineId, 60);
        return new Problem(
            "product-category-missing",
            line.Length == 0
                ? $"Item {item.ItemId} has no product line, and no default category is set; Zuper's products "
                    + $"must have one."
                : $"Item {item.ItemId} is of the product line '{line}', for which no category is set, and "
                    + $"neither is a default one.",
            line.Length == 0
                ? "Set defaultProductCategoryUid to the uid of a category in Zuper, then retry all with this cause."
                : $"Set productCategories['{line}'] or defaultProductCategoryUid to the uid of a category in "
                    + $"Zuper, then retry all with this cause."
        );
    }

    /// <summary>An item that is not kept in stock is a service; one that is only bought is a part.</summary>
    private static string TypeOf(string? itemType) =>
        itemType?.Trim() switch
        {
            "Non-Inventory" or "Non-Inventory (Sales only)" or "NI" or "NS" => "SERVICE",
            "Non-Inventory (Purchase only)" or "NP" => "PARTS",
            _ => "PRODUCT",
        };

    /// <summary>Zuper shows descriptions as HTML.</summary>
    private static string Html(string text)
    {
        var lines = text.ReplaceLineEndings("\n")
            .Split('\n')
            .Select(l =>
                IntacctText
                    .Clean(l)
                    .Replace("&", "&amp;", StringComparison.Ordinal)
                    .Replace("<", "&lt;", StringComparison.Ordinal)
                    .Replace(">", "&gt;", StringComparison.Ordinal)
            );
        var html = string.Join("<br>", lines).Trim();
        return WholeCharacters.Cut(html, Description);
    }
}
