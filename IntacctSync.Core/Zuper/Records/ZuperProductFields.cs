using System.Globalization;
using System.Text.Json.Nodes;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>
/// A product to be made, or what changes of one. Null leaves a field out, so that Zuper keeps what it has.
/// </summary>
/// <remarks>Fields: developers.zuper.co, Create a Product. Prices go out as text, as there.</remarks>
public sealed record ZuperProductFields
{
    /// <summary>Required to make one.</summary>
    public string? Name { get; init; }

    /// <summary>The part number.</summary>
    public string? ProductId { get; init; }

    /// <summary>Required to make one; Zuper refuses a category that it does not know.</summary>
    public string? CategoryUid { get; init; }

    /// <summary>PRODUCT, SERVICE, PARTS or BUNDLE.</summary>
    public string? Type { get; init; }

    /// <summary>In major units.</summary>
    public decimal? Price { get; init; }

    /// <summary>In major units.</summary>
    public decimal? PurchasePrice { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init; }

    public string? Uom { get; init; }

    /// <summary>HTML.</summary>
    public string? Description { get; init; }

    public bool? IsAvailable { get; init; }

    public bool? TaxExempt { get; init; }

    /// <summary>
    /// In an update they may take the place of all that the product has: to change one, patch it as a custom field
    /// instead.
    /// </summary>
    public IReadOnlyList<ZuperCustomField> MetaData { get; init; } = [];

    /// <summary>
    /// The product with each field as it is chosen, by the field's name and its value; null leaves it as it is in
    /// Zuper. Meta data are no field of this.
    /// </summary>
    internal ZuperProductFields Choose(Func<string, string?, string?> choose) =>
        this with
        {
            Name = choose("product_name", Name),
            ProductId = choose("product_id", ProductId),
            CategoryUid = choose("product_category", CategoryUid),
            Type = choose("product_type", Type),
            Price = choose("price", Text(Price)) is null ? null : Price,
            PurchasePrice = choose("purchase_price", Text(PurchasePrice)) is null ? null : PurchasePrice,
            Currency = choose("currency", Currency),
            Uom = choose("uom", Uom),
            Description = choose("product_description", Description),
            IsAvailable = choose("is_available", IsAvailable?.ToString()) is null ? null : IsAvailable,
            TaxExempt = choose("tax_exempt", TaxExempt?.ToString()) is null ? null : TaxExempt,
        };

    internal JsonObject Body()
    {
        var product = new JsonObject();
        Set(product, "product_name", Name);
        Set(product, "product_id", ProductId);
        Set(product, "product_category", CategoryUid);
        Set(product, "product_type", Type);
        Set(product, "price", Text(Price));
        Set(product, "purchase_price", Text(PurchasePrice));
        Set(product, "currency", Currency);
        Set(product, "uom", Uom);
        Set(product, "product_description", Description);
        Set(product, "is_available", IsAvailable);
        if (TaxExempt is { } exempt)
            product["tax"] = new JsonObject { ["tax_exempt"] = exempt };
        if (MetaData.Count > 0)
            product["meta_data"] = new JsonArray([.. MetaData.Select(Element)]);
        return new JsonObject { ["product"] = product };
    }

    private static JsonNode Element(ZuperCustomField field) =>
        new JsonObject
        {
            ["label"] = field.Label,
            ["value"] = field.Value,
            ["type"] = field.Type ?? "SINGLE_LINE",
            ["module_name"] = "PRODUCT",
            ["hide_to_fe"] = false,
        };

    private static string? Text(decimal? price) => price?.ToString("0.00##########", CultureInfo.InvariantCulture);

    private static void Set(JsonObject product, string name, JsonNode? value)
    {
        if (value is not null)
            product[name] = value;
    }
}
