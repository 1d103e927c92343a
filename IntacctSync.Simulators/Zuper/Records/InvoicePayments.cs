using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>
/// Recording and voiding payments on invoices (developers.zuper.co/reference/update-a-invoice-status, void-a-payment).
/// </summary>
internal static class InvoicePayments
{
    /// <summary>
    /// Records a payment: the invoice's history, a transaction, the status; raises <c>invoice.payment</c> and
    /// <c>invoice.status_update</c>. The same reference twice is two payments.
    /// </summary>
    /// <exception cref="ZuperRefusal">The invoice takes none, the mode is unknown, or the amount is none or more than
    /// is due.</exception>
    public static string Record(ZuperCompany company, JsonObject invoice, PaymentInput payment, ZuperActor actor)
    {
        if (
            invoice.Is("is_deleted")
            || invoice.Text("invoice_status") is InvoiceStatus.Canceled or InvoiceStatus.Archived
        )
            throw Refused("Invalid Invoice Status", "A payment can not be recorded on this invoice");
        if (ZuperPaymentModes.Of(payment.ModeUid) is not { } mode)
            throw Refused("Invalid Payment Mode", "Invalid Payment Mode");
        if (payment.Amount <= 0 || payment.Amount > invoice.Number("amount_due"))
            throw Refused("Invalid Amount", "The amount must be above 0 and at most the amount due");
        var transaction = company.Create(
            ZuperModules.Transaction,
            new JsonObject
            {
                ["amount"] = payment.Amount,
                ["payment_mode"] = mode.Uid,
                ["customer"] = invoice["customer"]?.DeepClone(),
                ["organization"] = invoice["organization"]?.DeepClone(),
                ["action_module"] = "INVOICE",
                ["action_uid"] = invoice.Text("invoice_uid"),
                ["description"] = payment.Remarks ?? "",
                ["source"] = payment.Source ?? "BACK_OFFICE",
            },
            actor,
            silently: true
        );
        var uid = transaction.Text("payment_transaction_uid")!;
        company.Change(
            ZuperModules.Invoice,
            invoice,
            r =>
            {
                (r["payment_history"] as JsonArray)!.Add(Entry(company, payment, mode, uid, actor));
                r["payment_mode"] = mode.Uid;
                InvoiceMoney.Sum(r);
                InvoiceStatus.Settle(company, r, payment.Remarks ?? "", actor.Uid);
            },
            actor,
            silently: true
        );
        var told = InvoiceStatus.Told(invoice, actor);
        told["amount_paid"] = payment.Amount;
        told["payment_transaction_uid"] = uid;
        told["reference_no"] = payment.Reference;
        company.Raise("invoice.payment", ZuperModules.Invoice, invoice, told, actor);
        company.Raise(
            "invoice.status_update",
            ZuperModules.Invoice,
            invoice,
            InvoiceStatus.Told(invoice, actor),
            actor
        );
        return uid;
    }

    /// <summary>
    /// Takes a payment back; raises <c>invoice.status_update</c> and <c>invoice.update</c>. [assumed: no event of its
    /// own is known]
    /// </summary>
    /// <exception cref="ZuperRefusal">It is void already. [assumed]</exception>
    public static void Void(ZuperCompany company, JsonObject transaction, string remarks, ZuperActor actor)
    {
        if (transaction.Is("is_void"))
            throw Refused("Invalid Payment", "The payment is voided already");
        var uid = transaction.Text("payment_transaction_uid");
        company.Change(
            ZuperModules.Transaction,
            transaction,
            t => (t["is_void"], t["status"]) = (true, "VOIDED"),
            actor,
            silently: true
        );
        if (!company.Of(ZuperModules.Invoice).TryGet(transaction.Text("action_uid"), out var invoice))
            return;
        company.Change(
            ZuperModules.Invoice,
            invoice,
            r =>
            {
                foreach (
                    var entry in InvoiceMoney
                        .List(r, "payment_history")
                        .Where(e => e.At("payment_transaction.payment_transaction_uid").Text() == uid)
                )
                    entry["is_void"] = true;
                InvoiceMoney.Sum(r);
                InvoiceStatus.Settle(company, r, remarks, actor.Uid);
            },
            actor
        );
        company.Raise(
            "invoice.status_update",
            ZuperModules.Invoice,
            invoice,
            InvoiceStatus.Told(invoice, actor),
            actor
        );
    }

    private static JsonObject Entry(
        ZuperCompany company,
        PaymentInput payment,
        ZuperPaymentMode mode,
        string transaction,
        ZuperActor actor
    ) =>
        new()
        {
            ["_id"] = company.Ids.MongoId(),
            ["amount"] = payment.Amount,
            ["payment_mode"] = mode.Uid,
            ["payment_transaction"] = new JsonObject
            {
                ["payment_transaction_uid"] = transaction,
                ["id"] = company.Ids.MongoId(),
            },
            ["reference_no"] = payment.Reference ?? "",
            ["remarks"] = payment.Remarks ?? "",
            ["is_void"] = false,
            ["payment_date"] = payment.Date ?? company.Now,
            ["done_by"] = actor.Uid,
            ["done_by_type"] = "USER",
            ["created_at"] = company.Now,
        };

    private static ZuperRefusal Refused(string title, string message) =>
        new(StatusCodes.Status400BadRequest, title, message);
}
