using System.Text.Json;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>Makes a product of a list row or of the details.</summary>
internal static class ZuperProductReader
{
    /// <summary>Null when the element has no uid.</summary>
    public static ZuperProduct? Read(JsonElement json) =>
        ZuperParts.Uid(json, "product_uid") is { } uid
            ? new ZuperProduct
            {
                Uid = uid,
                ProductId = ZuperJson.Text(json, "product_id"),
                Name = ZuperJson.Text(json, "product_name"),
                Description = ZuperJson.Text(json, "product_description"),
                CategoryUid = ZuperParts.Reference(json, "product_category", "category_uid"),
                Type = ZuperJson.Text(json, "product_type"),
                Price = ZuperMoney.Parse(ZuperJson.Text(json, "price")),
                PurchasePrice = ZuperMoney.Parse(ZuperJson.Text(json, "purchase_price")),
                Uom = ZuperJson.Text(json, "uom"),
                CustomFields = ZuperParts.CustomFields(json, "meta_data"),
                CustomFieldsKnown = ZuperParts.Has(json, "meta_data"),
                IsAvailable = ZuperJson.Flag(json, "is_available") ?? true,
                IsDeleted = ZuperJson.Flag(json, "is_deleted") ?? false,
                CreatedAt = ZuperJson.Time(json, "created_at"),
                UpdatedAt = ZuperJson.Time(json, "updated_at"),
            }
            : null;
}
