using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>
/// Writing products and payments. Nothing here is safe to send twice: look first, and look again when the outcome is
/// unknown.
/// </summary>
public sealed partial class ZuperClient
{
    /// <summary>Makes a product (developers.zuper.co, Create a Product).</summary>
    /// <returns>Its uid.</returns>
    /// <exception cref="ArgumentException">No name or no category.</exception>
    /// <exception cref="ZuperException">The call failed; or Zuper says that it made it and names no uid, and it has to
    /// be looked up.</exception>
    public async Task<string> CreateProductAsync(
        ZuperAccount account,
        ZuperProductFields fields,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(account);
        if (string.IsNullOrWhiteSpace(fields.Name) || string.IsNullOrWhiteSpace(fields.CategoryUid))
            throw new ArgumentException(
                $"A product of Zuper needs a name and a category, and '{fields.ProductId}' has the name "
                    + $"'{fields.Name}' and the category '{fields.CategoryUid}': give both.",
                nameof(fields)
            );
        var answer = await WriteAsync(
            account,
            HttpMethod.Post,
            "product",
            "product",
            fields.Body(),
            priority,
            cancellationToken
        );
        return ZuperParts.Uid(answer.Data, "product_uid")
            ?? ZuperParts.Uid(answer.Json, "product_uid")
            ?? throw new ZuperException(
                ZuperFailure.OutcomeUnknown,
                "Zuper answered that it made the product and named no uid. It must be looked up by its part "
                    + "number before it is made again."
            )
            {
                Status = answer.Status,
                OutcomeUnknown = true,
            };
    }

    /// <summary>Changes the fields that are given (developers.zuper.co, Update a Product).</summary>
    /// <exception cref="ZuperException">The call failed.</exception>
    public Task UpdateProductAsync(
        ZuperAccount account,
        string uid,
        ZuperProductFields fields,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(account);
        return WriteAsync(
            account,
            HttpMethod.Put,
            "product/{uid}",
            $"product/{ZuperUid.Required(uid)}",
            fields.Body(),
            priority,
            cancellationToken
        );
    }

    /// <summary>
    /// Records a payment on an invoice (developers.zuper.co, Update a Invoice Status: there is no other way). A part of
    /// what is due leaves the rest due.
    /// </summary>
    /// <remarks>Read the invoice's payments for the reference before, and again when the outcome is unknown.</remarks>
    /// <exception cref="ArgumentException">No amount, or one below nothing; no reference.</exception>
    /// <exception cref="ZuperException">The call failed.</exception>
    public Task RecordPaymentAsync(
        ZuperAccount account,
        string invoiceUid,
        ZuperPayment payment,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(payment.Amount, nameof(payment));
        if (string.IsNullOrWhiteSpace(payment.ReferenceNo))
            throw new ArgumentException(
                "A payment needs a reference, by which it is known when it is met again: give it one.",
                nameof(payment)
            );
        var body = new JsonObject
        {
            ["invoice_uid"] = ZuperUid.Required(invoiceUid),
            ["invoice_status"] = "PAID",
            ["payment_mode_uid"] = ZuperUid.Required(payment.ModeUid),
            ["amount_paid"] = payment.Amount,
            ["payment_date"] = payment.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["reference_no"] = payment.ReferenceNo,
            ["remarks"] = payment.Remarks ?? "",
            ["source"] = "EXTERNAL",
            ["send_receipt"] = false,
        };
        return WriteAsync(
            account,
            HttpMethod.Put,
            "invoice/{uid}/status",
            $"invoice/{invoiceUid}/status",
            body,
            priority,
            cancellationToken
        );
    }

    /// <summary>
    /// Gives an invoice a status (developers.zuper.co, Update a Invoice Status). The same one twice does no harm.
    /// </summary>
    /// <exception cref="ArgumentException">No status; or <c>PAID</c>, which records a payment.</exception>
    /// <exception cref="ZuperException">The call failed.</exception>
    public Task SetInvoiceStatusAsync(
        ZuperAccount account,
        string invoiceUid,
        string status,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(account);
        if (string.IsNullOrWhiteSpace(status) || status == "PAID")
            throw new ArgumentException(
                $"'{status}' can't be given to an invoice alone: give another status, or record a payment.",
                nameof(status)
            );
        return WriteAsync(
            account,
            HttpMethod.Put,
            "invoice/{uid}/status",
            $"invoice/{ZuperUid.Required(invoiceUid)}/status",
            new JsonObject { ["invoice_uid"] = invoiceUid, ["invoice_status"] = status },
            priority,
            cancellationToken
        );
    }

    /// <summary>Voids a payment, so that its amount is due again (developers.zuper.co, Void a Payment).</summary>
    /// <exception cref="ZuperException">The call failed.</exception>
    public Task VoidPaymentAsync(
        ZuperAccount account,
        string transactionUid,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(account);
        var path = $"payments/transactions/{ZuperUid.Required(transactionUid)}/void_payment";
        return WriteAsync(
            account,
            HttpMethod.Put,
            "payments/transactions/{uid}/void_payment",
            path,
            [],
            priority,
            cancellationToken
        );
    }

    private Task<ZuperAnswer> WriteAsync(
        ZuperAccount account,
        HttpMethod method,
        string route,
        string path,
        JsonObject body,
        RequestPriority priority,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            new ZuperCall(method, route, account.Address(path))
            {
                Account = account,
                Priority = priority,
                Writes = true,
                Body = body,
            },
            cancellationToken
        );
}
