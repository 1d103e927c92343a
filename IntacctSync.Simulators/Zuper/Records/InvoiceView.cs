using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>
/// An invoice as a reader sees it (developers.zuper.co/reference/get-invoice-details): records instead of uids, and
/// what old or odd ones lack.
/// </summary>
internal static class InvoiceView
{
    private static readonly string[] Money = ["sub_total", "total_discount", "total", "amount_due", "amount_paid"];

    public static void View(ZuperCompany company, JsonObject view)
    {
        view["organization"] = company
            .Of(ZuperModules.Organization)
            .TryGet(view.Text("organization"), out var organization)
            ? Pick(organization, "organization_uid", "organization_name")
            : null;
        view["customer"] = company.Of(ZuperModules.Customer).TryGet(view.Text("customer"), out var customer)
            ? Pick(customer, "customer_uid", "customer_first_name", "customer_last_name")
            : null;
        view["payment_term"] = ZuperPaymentTerms.ToJson(view.Text("payment_term"));
        view["payment_mode"] = ZuperPaymentModes.Of(view.Text("payment_mode"))?.ToJson();
        view["discount"] ??= new JsonObject
        {
            ["type"] = "FIXED",
            ["discount_applicability"] = "LINE_ITEM",
            ["discount_label"] = "Discount",
        };
        view["taxation_meta"] = new JsonObject { ["tax_provider"] = null };
        if (!view.ContainsKey("paid_date"))
            view["paid_date"] = null;
        foreach (var line in InvoiceMoney.List(view, "line_items"))
            InvoiceLines.View(company, line);
        foreach (var entry in InvoiceMoney.List(view, "payment_history"))
            entry["payment_mode"] = ZuperPaymentModes.Of(entry.Text("payment_mode"))?.ToJson();
        foreach (
            var entry in InvoiceMoney.List(view, "payment_history").Concat(InvoiceMoney.List(view, "status_history"))
        )
            entry["done_by"] = ZuperActor.Of(entry.Text("done_by"))?.Short();
        foreach (var tax in InvoiceMoney.List(view, "tax"))
            tax.Remove(InvoiceMoney.OfLines);
        foreach (var hidden in view.Select(f => f.Key).Where(f => f[0] == '$').ToList())
            view.Remove(hidden);
        if (company.Untidy)
            Untidy(view);
    }

    /// <summary>
    /// Makes an invoice in four as old records look, one has money as text, one has a section row above its lines;
    /// always the same ones.
    /// </summary>
    private static void Untidy(JsonObject view)
    {
        switch (Convert.ToInt32(view.Text("invoice_uid")![..1], 16) % 4)
        {
            case 0:
                foreach (var line in InvoiceMoney.List(view, "line_items"))
                {
                    foreach (var field in new[] { "line_item_uid", "line_item_type", "tax" })
                        line.Remove(field);
                }

                break;
            case 1:
                foreach (var field in Money)
                    view[field] = AsText(view.Number(field));
                foreach (var line in InvoiceMoney.List(view, "line_items").Where(l => !InvoiceLines.IsSection(l)))
                {
                    foreach (var field in new[] { "unit_price", "quantity", "total" })
                        line[field] = AsText(line.Number(field));
                }

                break;
            case 2:
                (view["line_items"] as JsonArray)?.Insert(
                    0,
                    new JsonObject
                    {
                        ["_id"] = "000000000000000000000000",
                        ["section_name"] = "Work done",
                        ["section_description"] = "",
                    }
                );
                break;
        }
    }

    private static string AsText(decimal amount) =>
        amount.ToString("0.00####", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject Pick(JsonObject record, params string[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f, record[f]?.DeepClone())));
}
