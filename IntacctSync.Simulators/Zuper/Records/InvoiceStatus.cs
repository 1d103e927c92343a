using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>The status of an invoice (developers.zuper.co/reference/update-a-invoice-status).</summary>
internal static class InvoiceStatus
{
    public const string Draft = "DRAFT";
    public const string AwaitPayment = "AWAIT_PAYMENT";
    public const string PartiallyPaid = "PARTIALLY_PAID";
    public const string Paid = "PAID";
    public const string Canceled = "CANCELED";
    public const string Archived = "ARCHIVED";

    /// <summary>
    /// What a caller may set; partly paid is what a payment makes of it. [assumed: published as a filter's value only]
    /// </summary>
    private static readonly IReadOnlyList<string> Settable =
    [
        Draft,
        "READY_TO_INVOICE",
        AwaitPayment,
        Paid,
        "BAD_DEBT",
        Archived,
        "CLOSED",
        Canceled,
    ];

    public static string Checked(string? status) =>
        status is not null && Settable.Contains(status, StringComparer.Ordinal)
            ? status
            : throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                "Invalid Invoice Status",
                "invoice_status must be one of " + string.Join(", ", Settable)
            );

    /// <summary>Puts the invoice into a status, with an entry in its history.</summary>
    public static void Enter(ZuperCompany company, JsonObject record, string status, string remarks, string? by)
    {
        record["invoice_status"] = status;
        if (record["status_history"] is not JsonArray history)
            record["status_history"] = history = [];
        history.Add(
            new JsonObject
            {
                ["status_name"] = status,
                ["done_by"] = by,
                ["done_by_type"] = "USER",
                ["remarks"] = remarks,
                ["created_at"] = company.Now,
            }
        );
    }

    /// <summary>
    /// Puts the invoice into the status that its payments make. [assumed for a void: nothing paid = awaits payment]
    /// </summary>
    public static void Settle(ZuperCompany company, JsonObject record, string remarks, string by)
    {
        var status =
            record.Is("is_paid") ? Paid
            : record.Number("amount_paid") > 0 ? PartiallyPaid
            : AwaitPayment;
        if (record.Text("invoice_status") != status)
            Enter(company, record, status, remarks, by);
        record["paid_date"] = status == Paid ? record.Text("paid_date") ?? company.Now : null;
    }

    /// <summary>Sets a status without a payment; raises <c>invoice.status_update</c>.</summary>
    public static void Set(ZuperCompany company, JsonObject record, string status, string remarks, ZuperActor actor)
    {
        company.Change(
            ZuperModules.Invoice,
            record,
            r => Enter(company, r, status, remarks, actor.Uid),
            actor,
            silently: true
        );
        company.Raise("invoice.status_update", ZuperModules.Invoice, record, Told(record, actor), actor);
    }

    /// <summary>What events of a status say: the new state only.</summary>
    public static JsonObject Told(JsonObject record, ZuperActor actor) =>
        new()
        {
            ["invoice_uid"] = record.Text("invoice_uid"),
            ["invoice_no"] = record["invoice_no"]?.DeepClone(),
            ["invoice_status"] = record.Text("invoice_status"),
            ["updated_by"] = actor.Uid,
        };
}
