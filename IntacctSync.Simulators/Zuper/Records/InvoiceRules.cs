using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>
/// What Zuper asks of an invoice and makes of it (developers.zuper.co/reference/create-a-invoice, get-invoice-details): the number is
/// given by the account, sums are made of the lines, and what was paid of the payments that are not void.
/// </summary>
internal static class InvoiceRules
{
    /// <summary>The first number that the account gives to an invoice.</summary>
    private const int FirstNumber = 2001;

    public static void Check(ZuperCompany company, JsonObject input, bool create)
    {
        if ((create || input.ContainsKey("invoice_date")) && ZuperTime.Parse(input.Text("invoice_date")) is null)
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Invalid Invoice Date", "Invoice date is missing");
        Reference(company, input, "organization", ZuperModules.Organization);
        Reference(company, input, "customer", ZuperModules.Customer);
    }

    public static void Complete(ZuperCompany company, JsonObject record)
    {
        record["invoice_no"] ??= company.NextNumber("invoice_no", FirstNumber);
        record["prefix"] ??= "INV-";
        record["invoice_status"] ??= "DRAFT";
        foreach (var list in new[] { "line_items", "tax", "fees", "payment_history", "status_history", "custom_fields" })
            record[list] ??= new JsonArray();
        record["sub_total"] ??= Sum(record, "line_items", "total");
        record["total_discount"] ??= 0;
        var total = record.Number("sub_total") - record.Number("total_discount") + Sum(record, "tax", "tax_amount") + Sum(record, "fees", "amount");
        var paid = (record["payment_history"] as JsonArray)!.OfType<JsonObject>().Where(p => !p.Is("is_void")).Sum(p => p.Number("amount"));
        record["total"] = total;
        record["amount_paid"] = paid;
        record["amount_due"] = total - paid;
        record["is_paid"] = paid > 0 && paid >= total;
    }

    /// <summary>Organization and customer are uids in writes and records in reads.</summary>
    public static void View(ZuperCompany company, JsonObject view)
    {
        if (company.Of(ZuperModules.Organization).TryGet(view.Text("organization"), out var organization))
            view["organization"] = Pick(organization, "organization_uid", "organization_name");
        if (company.Of(ZuperModules.Customer).TryGet(view.Text("customer"), out var customer))
            view["customer"] = Pick(customer, "customer_uid", "customer_first_name", "customer_last_name");
    }

    private static JsonObject Pick(JsonObject record, params string[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f, record[f]?.DeepClone())));

    private static decimal Sum(JsonObject record, string list, string field) =>
        (record[list] as JsonArray ?? []).OfType<JsonObject>().Sum(r => r.Number(field));

    private static void Reference(ZuperCompany company, JsonObject input, string field, ZuperModule module)
    {
        if (input[field] is { } uid && !company.Of(module).TryGet(uid.Text(), out _))
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, $"Invalid {module.Title} UID", $"Invalid {module.Title} UID");
    }
}
