using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>
/// What Zuper asks of a product and makes of it (developers.zuper.co/reference/create-a-product,
/// get-a-product-details).
/// </summary>
internal static class ProductRules
{
    /// <summary>The first number that the account gives to a product by itself.</summary>
    private const int FirstNumber = 801;

    public static void Check(ZuperCompany company, JsonObject input, bool create)
    {
        if ((create || input.ContainsKey("product_name")) && string.IsNullOrWhiteSpace(input.Text("product_name")))
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Missing Product name", "Product name is missing");
        if (
            (create || input.ContainsKey("product_category"))
            && !company.Of(ZuperModules.Category).TryGet(input.Text("product_category"), out _)
        )
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Invalid Category", "The Category is not valid");
        if (input.Text("product_type") is { } type && type is not ("PRODUCT" or "SERVICE" or "PARTS" or "BUNDLE"))
            throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                "Invalid Product Type",
                "The Product Type is not valid"
            );
    }

    /// <summary>Prices are kept as text with four decimals, whatever they were written as.</summary>
    public static void Complete(ZuperCompany company, JsonObject record)
    {
        record["product_no"] ??= company.NextNumber("product_no", FirstNumber);
        record["product_type"] ??= "PRODUCT";
        record["meta_data"] ??= new JsonArray();
        record["is_available"] ??= true;
        record["quantity"] ??= 0;
        foreach (var price in new[] { "price", "purchase_price" })
            record[price] = record.Number(price).ToString("0.0000", CultureInfo.InvariantCulture);
    }

    /// <summary>The category is a uid in writes and a record in reads.</summary>
    public static void View(ZuperCompany company, JsonObject view)
    {
        if (company.Of(ZuperModules.Category).TryGet(view.Text("product_category"), out var category))
            view["product_category"] = new JsonObject
            {
                ["category_name"] = category.Text("category_name"),
                ["category_uid"] = category.Text("category_uid"),
            };
        view["plain_text_description"] = view.Text("product_description");
        view["markdown_description"] = view.Text("product_description");
    }
}
