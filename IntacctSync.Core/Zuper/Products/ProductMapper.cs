using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
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

    /// <summary>What is to be written of a product that exists.</summary>
    /// <param name="entry">Its row.</param>
    internal static FieldChanges Changes(KeyMapEntry entry)
    {
        var written = FieldChanges.Known(entry);

        // A row that has a hash and no fingerprints was written before there were any. Its hash tells whether the
        // product was withdrawn.
        if (entry is { Adopted: false, Fingerprints: null } && entry.Hash == HashOf(Withdrawn))
            written = written.With("is_available", bool.FalseString);
        return new FieldChanges(written, "is_available", bool.TrueString);
    }

    /// <summary>The product as it is updated: with the fields alone that have changed in Intacct.</summary>
    /// <param name="fields">As mapped.</param>
    /// <param name="changes">What is known of the product; it learns what is written.</param>
    internal static ZuperProductFields ForUpdate(ZuperProductFields fields, FieldChanges changes)
    {
        return fields.Choose(Take);

        // What is empty in Intacct belongs to the people in Zuper, until it is filled in in Intacct again.
        string? Take(string field, string? value)
        {
            if (value is null && fields != Withdrawn)
                changes.LetGo(field);
            return changes.Take(field, value);
        }
    }

    /// <summary>The fingerprints of a product that is just like this.</summary>
    internal static string FingerprintsOf(ZuperProductFields fields)
    {
        var changes = new FieldChanges(Fingerprints.None, "is_available", bool.TrueString);
        fields.Choose(changes.Take);
        return changes.After.ToString();
    }

    /// <summary>What is written of a product whose item is inactive or deleted.</summary>
    internal static ZuperProductFields Withdrawn { get; } = new() { IsAvailable = false };

    public static bool IsActive(ItemRecord item) =>
        !string.Equals(item.Status?.Trim(), "inactive", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a person calls the item.</summary>
    public static string Title(ItemRecord item) => IntacctText.Cut($"{item.ItemId} {item.Name}", Name);

    public static ZuperCustomField MetaData(string itemId) => new(SageItemId, itemId, "SINGLE_LINE");

    public static string HashOf(ZuperProductFields fields) => ShortHash.Of(JsonSerializer.Serialize(fields), 26);

    private static string? CategoryOf(ItemRecord item, ZuperConnectionSettings settings) =>
        item.ProductLineId?.Trim() is { Length: > 0 } line
        && settings.ProductCategories.FirstOrDefault(c => ComparisonKey.AreEqual(c.Key, line)).Value is { } mapped
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
                ? "Choose a category in defaultProductCategoryUid, then retry all with this cause."
                : $"Choose a category for '{line}' in productCategories, or one for all in defaultProductCategoryUid; "
                    + "then retry all with this cause."
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
