using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>
/// Invoices, their status and the payments that come with it (developers.zuper.co/reference/create-a-invoice,
/// update-a-invoice-status, recover-invoice, unarchive-a-invoice, get-invoices-by-filter).
/// </summary>
internal sealed class InvoiceRoutes(ZuperCompany company, Func<bool> withFields)
{
    private const string Path = "/api/invoice";
    private static readonly string[] Sources = ["BACK_OFFICE", "MOBILE_APP", "EXTERNAL"];
    private readonly RecordRoutes _records = new(company, ZuperModules.Invoice, withFields);

    public IEnumerable<ZuperRoute> All() =>
        [
            new LifecycleRoutes(company, ZuperModules.Invoice, _records).RecoverAt(Path),
            new("PUT", Path + "/{uid}/status", Status, ZuperModules.Invoice),
            new("PUT", Path + "/{uid}/unarchive", Unarchive, ZuperModules.Invoice),
            new("POST", Path + "/{uid}/send", Send, ZuperModules.Invoice),
            .. _records.FilterAt(Path),
            .. _records.At(Path, Path),
        ];

    private ZuperAnswer Status(ZuperRequest request)
    {
        var (invoice, body) = (_records.Find(request.Uid), request.Object);
        if (company.Strict && body.Text("invoice_uid") != request.Uid)
            throw Refused("Invalid Invoice UID", "invoice_uid is required, and must be the one of the path");
        var status = InvoiceStatus.Checked(body.Text("invoice_status"));
        if (status == InvoiceStatus.Paid)
            InvoicePayments.Record(company, invoice, Payment(invoice, body), ZuperActor.KeyOwner);
        else
            InvoiceStatus.Set(company, invoice, status, body.Text("remarks") ?? "", ZuperActor.KeyOwner);
        return ZuperAnswer.Success("Invoice Status Updated", new JsonObject { ["invoice_uid"] = request.Uid });
    }

    /// <summary>An amount that is left out is what is due. [assumed]</summary>
    private static PaymentInput Payment(JsonObject invoice, JsonObject body)
    {
        if (body.Text("payment_via") is { } via && via != "PAYMENT_METHOD")
            throw Refused("Invalid Payment Via", "payment_via must be PAYMENT_METHOD; credits are not imitated");
        if (body.Text("source") is { } source && !Sources.Contains(source, StringComparer.Ordinal))
            throw Refused("Invalid Source", "source must be one of " + string.Join(", ", Sources));
        var date = ZuperTime.Parse(body.Text("payment_date"));
        if (date is null && body["payment_date"] is not null)
            throw Refused("Invalid Payment Date", "payment_date is not a valid date");
        return new PaymentInput(
            body["amount_paid"] is null ? invoice.Number("amount_due") : body.Number("amount_paid"),
            body.Text("payment_mode_uid"),
            body.Text("reference_no"),
            date,
            body.Text("remarks"),
            body.Text("source")
        );
    }

    private ZuperAnswer Unarchive(ZuperRequest request)
    {
        var invoice = _records.Find(request.Uid);
        if (invoice.Text("invoice_status") != InvoiceStatus.Archived)
            throw Refused("Invalid Invoice Status", "The invoice is not archived");
        var before = InvoiceMoney
            .List(invoice, "status_history")
            .Select(s => s.Text("status_name"))
            .LastOrDefault(s => s != InvoiceStatus.Archived);
        InvoiceStatus.Set(company, invoice, before ?? InvoiceStatus.Draft, "", ZuperActor.KeyOwner);
        return ZuperAnswer.Success("Invoice unarchived successfully");
    }

    private ZuperAnswer Send(ZuperRequest request)
    {
        var invoice = _records.Find(request.Uid);
        if (request.Object["email"] is null)
            throw Refused("Missing Email", "email is missing");
        company.Raise(
            "invoice.send",
            ZuperModules.Invoice,
            invoice,
            InvoiceStatus.Told(invoice, ZuperActor.KeyOwner),
            ZuperActor.KeyOwner
        );
        return ZuperAnswer.Success("Invoice sent successfully");
    }

    private static ZuperRefusal Refused(string title, string message) =>
        new(StatusCodes.Status400BadRequest, title, message);
}
