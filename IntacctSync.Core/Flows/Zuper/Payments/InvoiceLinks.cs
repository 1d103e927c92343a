using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;

namespace IntacctSync.Core.Flows.Zuper.Payments;

/// <summary>
/// Finds the Zuper invoice of an invoice in Intacct: by the RECORDNO that the key map holds, by the document where Order Entry made it,
/// or by its number where Intacct gave it a new RECORDNO.
/// </summary>
public sealed class InvoiceLinks(IntacctClient intacct, KeyMapStore keyMap, RecordQuery records)
{
    private const int MostOfANumber = 20;

    private static readonly TimeSpan LinkedSoon = TimeSpan.FromMinutes(5);

    /// <summary>What each of these invoices is in Zuper, by RECORDNO.</summary>
    internal async Task<IReadOnlyDictionary<string, InvoiceLink>> FindAsync(
        RecordPass pass, IReadOnlyCollection<string> recordNos, CancellationToken cancellationToken)
    {
        var links = new Dictionary<string, InvoiceLink>(StringComparer.Ordinal);
        if (recordNos.Count == 0)
            return links;
        var connection = pass.Batch.Connection;
        var known = await keyMap.FindByTargetsAsync(connection.Id, FlowName.Invoices, recordNos, cancellationToken);
        foreach (var (recordNo, uid) in known)
            links[recordNo] = new InvoiceLink(uid);

        var invoices = await ReadAsync(pass.Batch.Access.Intacct, [.. recordNos.Where(r => !links.ContainsKey(r))], cancellationToken);
        foreach (var recordNo in recordNos.Where(r => !links.ContainsKey(r)))
        {
            links[recordNo] = invoices.TryGetValue(recordNo, out var invoice)
                ? await ByNumberAsync(pass.Batch, invoice, cancellationToken)
                : new InvoiceLink(null, $"Its invoice with RECORDNO {recordNo} is not shown by Intacct.");
        }

        return links;
    }

    /// <summary>What rows with an invoice's number mean for it. Pure.</summary>
    /// <param name="number">The number.</param>
    /// <param name="rows">The invoices of Zuper with that number.</param>
    /// <param name="alive">Counterparts among theirs that Intacct still has: those are other invoices of the same number.</param>
    internal static InvoiceLink Judge(string number, IReadOnlyList<KeyMapEntry> rows, IReadOnlySet<string> alive)
    {
        var linked = rows.Where(r => r.TargetId is { } target && !alive.Contains(target)).ToList();
        var coming = rows.FirstOrDefault(r => r is { TargetId: null, Ignored: false } && r.State is RecordState.Pending or RecordState.InDoubt);
        var stuck = rows.FirstOrDefault(r => r is { TargetId: null, Ignored: false } && r.State is RecordState.NeedsAction or RecordState.Dead);
        return (linked.Count, coming, stuck) switch
        {
            (1, _, _) => new InvoiceLink(linked[0].Key.SourceId),
            ( > 1, _, _) => new InvoiceLink(null, null, new Failure(FailureClass.Data, new Problem(
                "payment-invoice-ambiguous",
                $"{linked.Count} invoices of Zuper are linked under the number {number}, and none to this invoice of Intacct.",
                "Link the right one to the invoice's RECORDNO by hand, then retry."))),
            (_, not null, _) => new InvoiceLink(null, null, new Failure(
                FailureClass.Throttled,
                new Problem("payment-invoice-waits", $"Invoice {number} is not linked yet.", "Nothing: it goes on when the invoice is."),
                LinkedSoon)),
            (_, _, not null) => new InvoiceLink(null, null, new Failure(FailureClass.Data, new Problem(
                "payment-invoice-not-linked",
                $"Invoice {number} is not linked, since it needs a person itself: {stuck.Problem?.Message}",
                $"Solve that of invoice {number} first, then retry."))),
            _ => new InvoiceLink(null, $"Invoice {number} is not one that was synced from Zuper."),
        };
    }

    private async Task<InvoiceLink> ByNumberAsync(FlowBatch batch, ArInvoiceSummary invoice, CancellationToken cancellationToken)
    {
        if (invoice.InvoiceNo is not { } number)
            return new InvoiceLink(null, $"Its invoice with RECORDNO {invoice.RecordNo} has no number.");

        // An Order Entry document's id is its definition's name and its number, and stays when its invoice is made anew.
        var definition = batch.Connection.Settings.Invoice.TransactionDefinition;
        List<string> documents = [number, $"{definition}-{number}", .. invoice.PoNumber is { } document ? new[] { document, $"{definition}-{document}" } : []];
        var byDocument = batch.Connection.Settings.Invoice.Document == InvoiceDocument.OrderEntry
            ? (await keyMap.FindByTargetsAsync(batch.Connection.Id, FlowName.Invoices, documents, cancellationToken)).Values.Distinct(StringComparer.Ordinal).ToList()
            : [];
        if (byDocument is [var only])
            return new InvoiceLink(only);

        var page = await records.ListAsync(batch.Connection.Id, FlowName.Invoices, null, number, null, MostOfANumber, cancellationToken);
        var rows = page.Items.Where(e => string.Equals(e.Title?.Trim(), number.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
        var targets = rows.Select(r => r.TargetId).OfType<string>().Where(t => t.All(char.IsAsciiDigit)).ToList();
        var alive = await ReadAsync(batch.Access.Intacct, targets, cancellationToken);
        return Judge(number, rows, alive.Keys.ToHashSet(StringComparer.Ordinal));
    }

    private async Task<Dictionary<string, ArInvoiceSummary>> ReadAsync(
        IntacctCredentials credentials, IReadOnlyCollection<string> recordNos, CancellationToken cancellationToken)
    {
        var invoices = new Dictionary<string, ArInvoiceSummary>(StringComparer.Ordinal);
        if (recordNos.Count == 0)
            return invoices;
        var query = new IntacctQuery("ARINVOICE", ArInvoiceSummary.Fields) { Filter = QueryFilter.In("RECORDNO", recordNos) };
        await foreach (var row in intacct.QueryAsync(credentials, query, cancellationToken))
        {
            var invoice = ArInvoiceSummary.Read(row);
            invoices[invoice.RecordNo] = invoice;
        }

        return invoices;
    }
}
