using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Puts payments on the queue that an invoice had in Intacct before it was linked. They may be older than the
/// connection, and then no poll shows them: the invoice would stay due in Zuper, though it is paid.
/// </summary>
/// <remarks>
/// Nothing is asked while payments are off: the user may lack the right to see them, and what is put on the queue would
/// wait there for ever. <see cref="EarlierPaymentPages"/> makes up for it once they are on.
/// </remarks>
public sealed class EarlierPayments(
    IntacctClient intacct,
    ShownPayments shown,
    PaymentEnvelopes envelopes,
    TimeProvider time
)
{
    /// <summary>
    /// Sends for the payments of invoices that were not booked here: of those whose link is new, and of those that a
    /// person asks for.
    /// </summary>
    internal Task SendForLinkedAsync(InvoicePass pass, CancellationToken cancellationToken) =>
        SendForAsync(
            pass,
            [.. pass.Open.Where(w => w.IsLinkedAnew).Select(w => w.Booked).OfType<BookedInvoice>()],
            cancellationToken
        );

    /// <summary>
    /// Sends for the payments of invoices that are adopted, and for those that stand on them in Zuper. It is done
    /// before their links are stored, so that a crash forgets none: a payment waits for its invoice.
    /// </summary>
    internal async Task SendForAdoptedAsync(
        InvoicePass pass,
        IReadOnlyCollection<(InvoiceWork Work, InvoiceMatch.Adopt Match)> adopted,
        CancellationToken cancellationToken
    )
    {
        await shown.SendForAsync(pass, adopted.Select(a => a.Work), cancellationToken);
        await SendForAsync(pass, [.. adopted.Select(a => a.Match.Booked)], cancellationToken);
    }

    private async Task SendForAsync(
        InvoicePass pass,
        IReadOnlyCollection<BookedInvoice> invoices,
        CancellationToken cancellationToken
    )
    {
        var paid = invoices.Where(i => i.HasPayments).ToList();
        if (paid.Count == 0 || pass.Shadow || !pass.Settings.SyncPayments)
            return;
        var found = await FindAsync(
            pass.Batch.Access.Intacct,
            [.. paid.Where(i => i.TargetId == i.RecordNo).Select(i => i.RecordNo)],
            [
                .. paid.Where(i => i.TargetId != i.RecordNo)
                    .SelectMany(i => new[] { i.TargetId, i.Number })
                    .OfType<string>(),
            ],
            cancellationToken
        );
        var now = time.GetUtcNow();
        var connection = pass.Batch.Connection;
        await envelopes.SendAsync(
            connection,
            [.. found.Select(p => (p.Key, EventIds.InvoiceLinked(connection.Id, p.Key, p.Value, now)))],
            cancellationToken
        );
    }

    /// <summary>The payments of invoices by their RECORDNOs, each with one invoice that it pays.</summary>
    /// <param name="credentials">With what Intacct is called.</param>
    /// <param name="invoices">The RECORDNOs of invoices.</param>
    /// <param name="documents">The numbers of documents of Order Entry, in any form.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal async Task<IReadOnlyDictionary<string, string>> FindAsync(
        IntacctCredentials credentials,
        IReadOnlyCollection<string> invoices,
        IReadOnlyCollection<string> documents,
        CancellationToken cancellationToken
    )
    {
        var payments = new Dictionary<string, string>(StringComparer.Ordinal);
        var recordNos = new HashSet<string>(invoices, StringComparer.Ordinal);
        if (documents.Count > 0)
            recordNos.UnionWith(await MadeByAsync(credentials, documents, cancellationToken));
        if (recordNos.Count == 0)
            return payments;
        var query = new IntacctQuery(PaymentApplication.Object, ["RECORDNO", "PAYMENTKEY", "RECORDKEY"])
        {
            Filter = QueryFilter.In("RECORDKEY", recordNos),
        };
        await foreach (var row in intacct.QueryAsync(credentials, query, cancellationToken))
        {
            if (row["PAYMENTKEY"] is { } payment)
                payments[payment] = row["RECORDKEY"] ?? "";
        }

        return payments;
    }

    /// <summary>
    /// The invoices that documents of Order Entry have made: a payment names these, and never the document.
    /// </summary>
    private async Task<IReadOnlyCollection<string>> MadeByAsync(
        IntacctCredentials credentials,
        IReadOnlyCollection<string> documents,
        CancellationToken cancellationToken
    )
    {
        var recordNos = new HashSet<string>(StringComparer.Ordinal);
        var query = new IntacctQuery("ARINVOICE", ["RECORDNO"])
        {
            Filter = QueryFilter.And(
                QueryFilter.EqualTo("MODULEKEY", ArInvoiceSummary.OrderEntryModule),
                QueryFilter.In("RECORDID", documents.Distinct(StringComparer.Ordinal).ToList())
            ),
        };
        await foreach (var row in intacct.QueryAsync(credentials, query, cancellationToken))
            recordNos.UnionWith(new[] { row["RECORDNO"] }.OfType<string>());
        return recordNos;
    }
}
