using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Puts payments on the queue that an invoice had in Intacct before it was linked. They may be older than the
/// connection, and then no poll shows them: the invoice would stay due in Zuper, though it is paid.
/// </summary>
public sealed class EarlierPayments(IntacctClient intacct, PaymentEnvelopes envelopes, TimeProvider time)
{
    /// <summary>
    /// Sends for the payments of invoices that were not booked here: of those whose link is new, and of those that a
    /// person asks for.
    /// </summary>
    internal Task SendForLinkedAsync(InvoicePass pass, CancellationToken cancellationToken) =>
        SendForAsync(
            pass,
            [
                .. pass
                    .Open.Where(w => w.Entry.Adopted && (w.Record.Requested || w.Entry.WriteBack == WriteBack.Due))
                    .Select(w => w.Booked)
                    .OfType<BookedInvoice>(),
            ],
            cancellationToken
        );

    /// <summary>
    /// Sends for the payments of invoices. It is done before their links are stored, so that a crash forgets none: a
    /// payment waits for its invoice.
    /// </summary>
    internal async Task SendForAsync(
        InvoicePass pass,
        IReadOnlyCollection<BookedInvoice> invoices,
        CancellationToken cancellationToken
    )
    {
        var paid = invoices.Where(i => i.HasPayments).ToList();
        if (paid.Count == 0 || pass.Shadow || !pass.Settings.SyncPayments)
            return;
        var credentials = pass.Batch.Access.Intacct;
        var recordNos = await RecordNosAsync(credentials, paid, cancellationToken);
        if (recordNos.Count == 0)
            return;
        var payments = new Dictionary<string, string>(StringComparer.Ordinal);
        var query = new IntacctQuery("ARPYMTDETAIL", ["RECORDNO", "PAYMENTKEY", "RECORDKEY"])
        {
            Filter = QueryFilter.In("RECORDKEY", recordNos),
        };
        await foreach (var row in intacct.QueryAsync(credentials, query, cancellationToken))
        {
            if (row["PAYMENTKEY"] is { } payment)
                payments[payment] = row["RECORDKEY"] ?? "";
        }

        var now = time.GetUtcNow();
        var connection = pass.Batch.Connection;
        await envelopes.SendAsync(
            connection,
            [.. payments.Select(p => (p.Key, EventIds.InvoiceLinked(connection.Id, p.Key, p.Value, now)))],
            cancellationToken
        );
    }

    /// <summary>The RECORDNOs by which payments name these invoices.</summary>
    private async Task<IReadOnlyCollection<string>> RecordNosAsync(
        IntacctCredentials credentials,
        IReadOnlyList<BookedInvoice> invoices,
        CancellationToken cancellationToken
    )
    {
        var recordNos = new HashSet<string>(StringComparer.Ordinal);
        var documents = new HashSet<string>(StringComparer.Ordinal);
        foreach (var invoice in invoices)
        {
            if (invoice.TargetId == invoice.RecordNo)
                recordNos.Add(invoice.RecordNo);
            else
                documents.UnionWith(new[] { invoice.TargetId, invoice.Number }.OfType<string>());
        }

        if (documents.Count == 0)
            return recordNos;

        // A payment names the invoice that a document of Order Entry has made, and never the document.
        var query = new IntacctQuery("ARINVOICE", ["RECORDNO"])
        {
            Filter = QueryFilter.And(
                QueryFilter.EqualTo("MODULEKEY", ArInvoiceSummary.OrderEntryModule),
                QueryFilter.In("RECORDID", documents)
            ),
        };
        await foreach (var row in intacct.QueryAsync(credentials, query, cancellationToken))
            recordNos.UnionWith(new[] { row["RECORDNO"] }.OfType<string>());
        return recordNos;
    }
}
