using System.Globalization;
using System.Text.Json;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>Reads the lists inside an invoice.</summary>
internal static class ZuperInvoiceParts
{
    /// <summary>How fees name their amount is not published; these are what Zuper calls amounts elsewhere.</summary>
    private static readonly string[] FeeAmounts = ["fee_amount", "amount", "total", "value"];

    /// <summary>That a line has custom fields of its own, under these names, is [assumed].</summary>
    private static readonly string[] OwnFields = ["custom_fields", "meta_data"];

    /// <summary>Of the product in a line (developers.zuper.co, Get Invoice Details).</summary>
    private const string ProductFields = "meta_data";

    public static IReadOnlyList<ZuperInvoiceLine> Lines(JsonElement json, ZuperMoney money) =>
        [.. ZuperJson.List(json, "line_items").Select((line, index) => Line(line, money, Where("line", index)))];

    /// <summary>A list, or in older invoices a single one.</summary>
    public static IReadOnlyList<ZuperInvoiceTax> Taxes(JsonElement json, ZuperMoney money) =>
        [.. OneOrMany(json, "tax").Select((tax, index) => Tax(tax, money, Where("tax", index)))];

    public static IReadOnlyList<ZuperInvoiceFee> Fees(JsonElement json, ZuperMoney money) =>
        [.. ZuperJson.List(json, "fees").Select((fee, index) => Fee(fee, money, Where("fee", index)))];

    public static IReadOnlyList<ZuperInvoicePayment> Payments(JsonElement json, ZuperMoney money) =>
        [
            .. ZuperJson
                .List(json, "payment_history")
                .Select((payment, index) => Payment(payment, money, Where("payment", index))),
        ];

    private static ZuperInvoiceLine Line(JsonElement line, ZuperMoney money, string where)
    {
        var (product, tax) = (ZuperJson.Object(line, "product_ref_id"), ZuperJson.Object(line, "tax"));
        return new ZuperInvoiceLine
        {
            Uid = ZuperParts.Uid(line, "line_item_uid"),
            Type = ZuperJson.Text(line, "line_item_type"),
            ProductUid = ZuperParts.Uid(line, "product_uid") ?? ZuperParts.Uid(product, "product_uid"),
            ProductId = ZuperJson.Text(product, "product_id") ?? ZuperJson.Text(line, "product_id"),
            Name = ZuperJson.Text(line, "name") ?? ZuperJson.Text(product, "product_name"),
            Description = ZuperJson.Text(line, "description"),
            Quantity = money.Read(line, "quantity", where),
            UnitPrice = money.Read(line, "unit_price", where),
            Discount = money.Read(line, "discount", where),
            DiscountType = ZuperJson.Text(line, "discount_type"),
            Total = money.Read(line, "total", where),
            TaxAmount = money.Read(tax, "tax_amount", where),
            TaxRate = money.Read(tax, "tax_rate", where),
            TaxName = ZuperJson.Text(tax, "tax_name"),
            CustomFields = [.. OwnFields.SelectMany(name => ZuperParts.CustomFields(line, name))],
            ProductFields = product is { } its ? ZuperParts.CustomFields(its, ProductFields) : [],
            CustomFieldsKnown =
                OwnFields.Any(name => ZuperParts.Has(line, name))
                || (product is { } known && ZuperParts.Has(known, ProductFields)),
        };
    }

    private static ZuperInvoiceTax Tax(JsonElement tax, ZuperMoney money, string where) =>
        new(
            ZuperParts.Uid(tax, "tax_uid"),
            ZuperJson.Text(tax, "tax_name"),
            money.Read(tax, "tax_percent", where) ?? money.Read(tax, "tax_rate", where),
            money.Read(tax, "tax_amount", where)
        );

    private static ZuperInvoiceFee Fee(JsonElement fee, ZuperMoney money, string where) =>
        new(
            ZuperJson.Text(fee, "fee_name") ?? ZuperJson.Text(fee, "name") ?? ZuperJson.Text(fee, "label"),
            FeeAmounts.Select(name => money.Read(fee, name, where)).FirstOrDefault(amount => amount is not null)
        );

    private static ZuperInvoicePayment Payment(JsonElement payment, ZuperMoney money, string where) =>
        new()
        {
            Amount = money.Read(payment, "amount", where),
            ModeUid = ZuperParts.Reference(payment, "payment_mode", "payment_mode_uid"),
            ModeName = ZuperJson.Text(ZuperJson.Object(payment, "payment_mode"), "payment_mode_name"),
            TransactionUid =
                ZuperParts.Reference(payment, "payment_transaction", "payment_transaction_uid")
                ?? ZuperParts.Uid(payment, "transaction_uid"),
            ReferenceNo = ZuperJson.Text(payment, "reference_no"),
            Remarks = ZuperJson.Text(payment, "remarks"),
            IsVoid = ZuperJson.Flag(payment, "is_void") ?? false,
            Date = ZuperJson.Time(payment, "payment_date"),
            CreatedAt = ZuperJson.Time(payment, "created_at"),
        };

    private static IEnumerable<JsonElement> OneOrMany(JsonElement json, string name) =>
        ZuperJson.Object(json, name) is { } one ? [one] : ZuperJson.List(json, name);

    private static string Where(string part, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{part} {index + 1}, ");
}
