using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>
/// What Zuper asks of an invoice and makes of it (developers.zuper.co/reference/create-a-invoice, get-invoice-details):
/// the number is given by the account, days are kept as moments of the company's time zone, sums are made of the lines
/// and the payments.
/// </summary>
internal static class InvoiceRules
{
    /// <summary>The first number that the account gives to an invoice.</summary>
    private const int FirstNumber = 2001;

    private static readonly string[] Lists =
    [
        "line_items",
        "tax",
        "fees",
        "payment_history",
        "status_history",
        "custom_fields",
    ];

    public static void Check(ZuperCompany company, JsonObject input, bool create)
    {
        if (
            (create || input.ContainsKey("invoice_date"))
            && ZuperTime.Day(input.Text("invoice_date"), company.Zone) is null
        )
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Invalid Invoice Date", "Invoice date is missing");
        if (input.Text("due_date") is { } due && ZuperTime.Day(due, company.Zone) is null)
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Invalid Due Date", "Due date is not a valid date");
        Reference(company, input, "organization", ZuperModules.Organization);
        Reference(company, input, "customer", ZuperModules.Customer);
        if (input["payment_term"] is { } term && ZuperPaymentTerms.ToJson(term.Text()) is null)
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Invalid Payment Term", "Invalid Payment Term");
        foreach (var list in new[] { "tax", "fees" })
            if (input[list] is not (null or JsonArray))
                throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Validation Error", $"{list} must be an array");
        InvoiceLines.Check(company, input["line_items"]);
    }

    public static void Complete(ZuperCompany company, JsonObject record)
    {
        record["invoice_no"] ??= company.NextNumber("invoice_no", FirstNumber);
        record["prefix"] ??= "INV-";
        record["invoice_date"] = ZuperTime.Day(record.Text("invoice_date"), company.Zone);
        record["due_date"] = ZuperTime.Day(record.Text("due_date"), company.Zone, end: true);
        foreach (var list in Lists)
            record[list] ??= new JsonArray();
        if (record["invoice_status"] is null)
            InvoiceStatus.Enter(company, record, InvoiceStatus.Draft, "", record.Text("created_by"));
        record["sub_total"] ??= 0;
        record["total_discount"] ??= 0;
        InvoiceLines.Complete(company, record);
        InvoiceMoney.Sum(record);
        // A total that was changed after a payment makes it the whole or a part of another sum. [assumed]
        if (
            record.Text("invoice_status") is InvoiceStatus.Paid or InvoiceStatus.PartiallyPaid
            && record.Number("amount_paid") > 0
        )
            InvoiceStatus.Settle(company, record, "", record.Text("created_by") ?? "");
    }

    private static void Reference(ZuperCompany company, JsonObject input, string field, ZuperModule module)
    {
        if (input[field] is { } uid && !company.Of(module).TryGet(uid.Text(), out _))
            throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                $"Invalid {module.Title} UID",
                $"Invalid {module.Title} UID"
            );
    }
}
