using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>The lines of an invoice: items with quantity and price, and section rows that have neither.</summary>
internal static class InvoiceLines
{
    public static bool IsSection(JsonObject line) =>
        line["quantity"] is null && line["unit_price"] is null && line["total"] is null;

    public static void Check(ZuperCompany company, JsonNode? given)
    {
        if (given is null)
            return;
        if (given is not JsonArray lines)
            throw Refused("Invalid Line Items", "line_items must be an array");
        foreach (var line in lines)
        {
            if (line is not JsonObject item)
                throw Refused("Invalid Line Items", "each of line_items must be an object");
            if (item["product_uid"] is { } product && !company.Of(ZuperModules.Product).TryGet(product.Text(), out _))
                throw Refused("Invalid Product UID", "Invalid Product UID");
            if (item.Text("discount_type") is { } type && type is not ("FIXED" or "PERCENTAGE"))
                throw Refused("Invalid Discount Type", "discount_type must be one of FIXED, PERCENTAGE");
        }
    }

    /// <summary>
    /// Gives each line its ids, and its total where nobody said one: quantity by price less the discount. [assumed]
    /// </summary>
    public static void Complete(ZuperCompany company, JsonObject record)
    {
        foreach (var line in InvoiceMoney.List(record, "line_items"))
        {
            line["_id"] ??= company.Ids.MongoId();
            if (IsSection(line))
                continue;
            line["line_item_uid"] ??= company.Ids.Uid();
            line["total"] ??= Total(line);
        }
    }

    /// <summary>What a reader sees of a line besides what is kept.</summary>
    public static void View(ZuperCompany company, JsonObject line)
    {
        if (IsSection(line))
        {
            line["line_item_type"] ??= "SECTION";
            return;
        }
        line["line_item_type"] ??= "ITEM";
        line["discount"] ??= 0;
        line["discount_type"] ??= "FIXED";
        line["tax"] ??= new JsonObject
        {
            ["tax_name"] = "",
            ["tax_rate"] = 0,
            ["tax_amount"] = 0,
            ["tax_exempt"] = false,
        };
        if (
            line["product_ref_id"] is not null
            || !company.Of(ZuperModules.Product).TryGet(line.Text("product_uid"), out var product)
        )
            return;
        line["name"] ??= product.Text("product_name");
        line["purchase_price"] ??= product.Number("purchase_price") / 1.0000m;
        line["product_ref_id"] = new JsonObject
        {
            ["_id"] = product.Text("_id"),
            ["product_id"] = product.Text("product_id"),
            ["product_no"] = product["product_no"]?.DeepClone(),
            ["product_name"] = product.Text("product_name"),
            ["meta_data"] = product["meta_data"]?.DeepClone(),
        };
    }

    private static decimal Total(JsonObject line)
    {
        var gross = line.Number("quantity") * line.Number("unit_price");
        var discount = line.Number("discount");
        return InvoiceMoney.Round(
            gross - (line.Text("discount_type") == "PERCENTAGE" ? gross * discount / 100m : discount)
        );
    }

    private static ZuperRefusal Refused(string title, string message) =>
        new(StatusCodes.Status400BadRequest, title, message);
}
