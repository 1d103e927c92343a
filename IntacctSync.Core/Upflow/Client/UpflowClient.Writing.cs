using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Client;

/// <summary>
/// Writing. A record that has an external id is made or changed by the same call, so that each of these may be sent
/// again and comes to the same (docs.upflow.io, Integrating with the Upflow API).
/// </summary>
public sealed partial class UpflowClient
{
    /// <summary>The largest PDF that is sent [assumed; no limit is published].</summary>
    public const int MaxPdfBytes = 10 * 1024 * 1024;

    /// <param name="account">Whose.</param>
    /// <param name="customer">As it is to be.</param>
    /// <param name="withContacts">Whether its contacts go with it.</param>
    /// <param name="turn">Whose turn it is.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="UpflowException">The call failed.</exception>
    public Task<UpflowRead> PutCustomerAsync(
        UpflowAccount account,
        UpflowCustomer customer,
        bool withContacts,
        UpflowTurn turn,
        CancellationToken cancellationToken
    ) => PostAsync(account, "customers", customer.Body(withContacts), turn, cancellationToken);

    /// <summary>A contact by itself.</summary>
    /// <exception cref="UpflowException">The call failed.</exception>
    public Task<UpflowRead> PutContactAsync(
        UpflowAccount account,
        UpflowReference customer,
        UpflowContact contact,
        UpflowTurn turn,
        CancellationToken cancellationToken
    ) =>
        PostAsync(
            account,
            "customers/{id}/contacts",
            $"customers/{customer.InPath}/contacts",
            contact.Body(),
            turn,
            cancellationToken
        );

    /// <exception cref="UpflowException">The call failed.</exception>
    public Task<UpflowRead> PutInvoiceAsync(
        UpflowAccount account,
        UpflowDocument invoice,
        UpflowTurn turn,
        CancellationToken cancellationToken
    ) => PostAsync(account, "invoices", invoice.Body(), turn, cancellationToken);

    /// <exception cref="UpflowException">The call failed.</exception>
    public Task<UpflowRead> PutCreditNoteAsync(
        UpflowAccount account,
        UpflowDocument creditNote,
        UpflowTurn turn,
        CancellationToken cancellationToken
    ) => PostAsync(account, "credit_notes", creditNote.Body(), turn, cancellationToken);

    /// <exception cref="UpflowException">The call failed.</exception>
    public Task<UpflowRead> PutPaymentAsync(
        UpflowAccount account,
        UpflowPayment payment,
        UpflowTurn turn,
        CancellationToken cancellationToken
    ) => PostAsync(account, "payments", payment.Body(), turn, cancellationToken);

    /// <exception cref="UpflowException">The call failed.</exception>
    public Task<UpflowRead> PutRefundAsync(
        UpflowAccount account,
        UpflowPayment refund,
        UpflowTurn turn,
        CancellationToken cancellationToken
    ) => PostAsync(account, "refunds", refund.Body(), turn, cancellationToken);

    /// <summary>Makes, changes or, where nothing is in it, takes away a link.</summary>
    /// <exception cref="UpflowException">The call failed.</exception>
    public Task ReconcileAsync(
        UpflowAccount account,
        UpflowLink link,
        UpflowTurn turn,
        CancellationToken cancellationToken
    ) => PostAsync(account, "reconcile", link.Body(), turn, cancellationToken);

    /// <summary>Attaches a PDF to an invoice or a credit note, in place of the one it has [assumed].</summary>
    /// <exception cref="UpflowException">The call failed, or the PDF is too large.</exception>
    public async Task PutPdfAsync(
        UpflowAccount account,
        UpflowKind kind,
        UpflowReference record,
        string base64,
        UpflowTurn turn,
        CancellationToken cancellationToken
    )
    {
        if ((long)base64.Length * 3 / 4 > MaxPdfBytes)
            throw new UpflowException(
                UpflowFailure.Rejected,
                $"The PDF of {record.TargetId} has {base64.Length * 3L / 4 / 1024} KB; at most "
                    + $"{MaxPdfBytes / 1024} KB are sent."
            );
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["data"] = base64 }
        );
        var call = new UpflowCall(
            account,
            HttpMethod.Post,
            $"{kind.Path}/{{id}}/pdf",
            account.Address($"{kind.Path}/{record.InPath}/pdf")
        )
        {
            Body = body,
            Priority = turn.Priority,
            Customer = turn.Customer,
        };
        await SendAsync(call, cancellationToken);
    }

    /// <summary>Deletes a record. A record that Upflow does not know counts as deleted.</summary>
    /// <exception cref="UpflowException">The call failed.</exception>
    public Task DeleteAsync(
        UpflowAccount account,
        UpflowKind kind,
        UpflowReference record,
        UpflowTurn turn,
        CancellationToken cancellationToken
    ) => DeleteAsync(account, $"{kind.Path}/{{id}}", $"{kind.Path}/{record.InPath}", turn, cancellationToken);

    /// <summary>Takes a contact from a customer. A contact that Upflow does not know counts as taken away.</summary>
    /// <exception cref="UpflowException">The call failed.</exception>
    public Task DeleteContactAsync(
        UpflowAccount account,
        UpflowReference customer,
        string contactExternalId,
        UpflowTurn turn,
        CancellationToken cancellationToken
    ) =>
        DeleteAsync(
            account,
            "customers/{id}/contacts/{id}",
            $"customers/{customer.InPath}/contacts/{UpflowIds.InPath(contactExternalId)}",
            turn,
            cancellationToken
        );

    private async Task DeleteAsync(
        UpflowAccount account,
        string route,
        string path,
        UpflowTurn turn,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var call = new UpflowCall(account, HttpMethod.Delete, route, account.Address(path))
            {
                Priority = turn.Priority,
                Customer = turn.Customer,
            };
            await SendAsync(call, cancellationToken);
        }
        catch (UpflowException e) when (e.Failure == UpflowFailure.NotFound)
        {
            // It is gone, by an earlier call whose answer was lost or by a person.
        }
    }

    private Task<UpflowRead> PostAsync(
        UpflowAccount account,
        string path,
        JsonObject body,
        UpflowTurn turn,
        CancellationToken cancellationToken
    ) => PostAsync(account, path, path, body, turn, cancellationToken);

    private async Task<UpflowRead> PostAsync(
        UpflowAccount account,
        string route,
        string path,
        JsonObject body,
        UpflowTurn turn,
        CancellationToken cancellationToken
    )
    {
        var call = new UpflowCall(account, HttpMethod.Post, route, account.Address(path))
        {
            Body = Encoding.UTF8.GetBytes(body.ToJsonString()),
            Priority = turn.Priority,
            Customer = turn.Customer,
        };

        // An answer may have no JSON body, or only a word.
        var answer = await SendAsync(call, cancellationToken);
        return new UpflowRead(answer.Json ?? default);
    }
}
