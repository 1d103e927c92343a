using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Sample;

/// <summary>
/// A product of the sample, of which Intacct knows nothing: a sync of products, which reads from Intacct, leaves it
/// alone.
/// </summary>
public sealed record SampleProduct(string Name, string Sku, decimal Price)
{
    internal static IReadOnlyList<SampleProduct> All { get; } =
    [new("Emergency call-out", "ZUP-CALL", 95m), new("Copper pipe, 1 m", "ZUP-PIPE", 18.5m)];

    /// <summary>As a create by the API takes it.</summary>
    internal JsonObject ToJson() =>
        new()
        {
            ["product_name"] = Name,
            ["product_id"] = Sku,
            ["product_category"] = ZuperCategories.Services,
            ["product_type"] = "SERVICE",
            ["price"] = Price,
            ["purchase_price"] = 0,
            ["uom"] = "Each",
            ["product_description"] = "",
            ["is_available"] = true,
            ["is_billable"] = true,
            ["meta_data"] = new JsonArray(),
        };
}
