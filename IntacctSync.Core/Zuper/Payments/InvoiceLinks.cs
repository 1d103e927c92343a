using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Finds the Zuper invoice of an invoice in Intacct: by the RECORDNO that the key map holds, by the document that made
/// it (<see cref="DocumentLinks"/>), or by its number and customer where Intacct gave it a new RECORDNO.
/// </summary>
public sealed class InvoiceLinks(IntacctClient intacct, DocumentLinks documents, KeyMapStore keyMap)
{
    private static readonly TimeSpan LinkedSoon = TimeSpan.FromMinutes(5);

    /// <summary>By what an invoice is known: texts alone, which can be read whatever its amounts are.</summary>
    private static readonly string[] Fields = ["RECORDNO", "RECORDID", "CUSTOMERID", "STATE", "DOCNUMBER", "MODULEKEY"];

    /// <summary>What each of these invoices is in Zuper, by RECORDNO.</summary>
    internal async Task<IReadOnlyDictionary<string, InvoiceLink>> FindAsync(
        Connection connection,
        IntacctCredentials credentials,
        IReadOnlyCollection<string> recordNos,
        CancellationToken cancellationToken
    )
    {
        var links = new Dictionary<string, InvoiceLink>(StringComparer.Ordinal);
        if (recordNos.Count == 0)
            return links;
        var known = await keyMap.FindByTargetsAsync(connection.Id, ZuperFlows.Invoices, recordNos, cancellationToken);
        foreach (var (recordNo, uid) in known)
            links[recordNo] = new InvoiceLink(uid);

        var invoices = await ReadAsync(
            credentials,
            [.. recordNos.Where(r => !links.ContainsKey(r))],
            cancellationToken
        );
        var made = await documents.FindAsync(
            connection,
            credentials,
            [.. invoices.Values.Where(i => i.ModuleKey == ArInvoiceSummary.OrderEntryModule)],
            cancellationToken
        );
        var byNumber = await ByNumberAsync(
            connection,
            credentials,
            [.. invoices.Values.Where(i => !made.ContainsKey(i.RecordNo))],
            cancellationToken
        );
        foreach (var recordNo in recordNos.Where(r => !links.ContainsKey(r)))
        {
            links[recordNo] = invoices.TryGetValue(recordNo, out var invoice)
                ? (made.GetValueOrDefault(recordNo) ?? byNumber[recordNo]) with
                {
                    Names = NamesOf(invoice),
                    IsShown = true,
                }
                : new InvoiceLink(null, $"Its invoice with RECORDNO {recordNo} is not shown by Intacct.")
                {
                    Names = [recordNo],
                };
        }

        return links;
    }

    /// <summary>Which of the rows with an invoice's number is the one of that invoice. Pure.</summary>
    /// <param name="invoice">The invoice in Intacct.</param>
    /// <param name="rows">The rows of the Zuper invoices with that number.</param>
    /// <param name="alive">The counterparts of these rows that Intacct still has. They are other invoices with the same
    /// number.</param>
    internal static InvoiceLink Judge(
        ArInvoiceSummary invoice,
        IReadOnlyList<KeyMapEntry> rows,
        IReadOnlySet<string> alive
    )
    {
        var number = invoice.InvoiceNo ?? "";
        var own = rows.Where(r => r.NaturalKey is null || IsOf(r, invoice)).ToList();
        var linked = own.Where(r => RecordNumber.Is(r.TargetId) && !alive.Contains(r.TargetId!)).ToList();
        var open = own.Where(r => r is { TargetId: null, Ignored: false }).ToList();
        var coming = open.Find(r => r.State is RecordState.Pending or RecordState.InDoubt);
        var stuck = open.Find(r => r.State is RecordState.NeedsAction or RecordState.Dead);
        return (linked, coming, stuck) switch
        {
            ([var only], _, _) when only.NaturalKey is not null => new InvoiceLink(only.Key.SourceId),
            ([_], _, _) => InvoiceLink.Ambiguous(
                $"An invoice of Zuper with the number {number} is linked to what Intacct no longer has, and "
                    + $"its customer is not known."
            ),
            ([_, _, ..], _, _) => InvoiceLink.Ambiguous(
                $"{linked.Count} invoices of Zuper are linked under the number {number}, and none to this "
                    + $"invoice of Intacct."
            ),
            (_, not null, _) => new InvoiceLink(
                null,
                null,
                new Failure(
                    FailureClass.Throttled,
                    new Problem(
                        "payment-invoice-waits",
                        $"Invoice {number} is not linked yet.",
                        "Nothing: it goes on when the invoice is."
                    ),
                    LinkedSoon
                )
            ),
            (_, _, not null) => new InvoiceLink(
                null,
                null,
                new Failure(
                    FailureClass.Data,
                    new Problem(
                        "payment-invoice-not-linked",
                        $"Invoice {number} is not linked, since it needs a person itself: {stuck.Problem?.Message}",
                        $"Solve that of invoice {number}: this payment then goes on by itself."
                    )
                )
            ),
            _ when open is [var skipped, ..] => new InvoiceLink(
                null,
                $"Invoice {number} is in Zuper and not linked: "
                    + $"{(skipped.Timeline is [.., var last] ? last.Detail : "it was left out.")}"
            ),
            _ when own.Find(r => r.TargetId is not null) is { } other => new InvoiceLink(
                null,
                $"The invoice {number} of Zuper is linked to another one in Intacct, RECORDNO {other.TargetId}."
            ),
            _ => new InvoiceLink(null, $"Invoice {number} is not one that was synced from Zuper."),
        };
    }

    /// <summary>Two customers may have invoices with the same number.</summary>
    internal static bool IsOf(KeyMapEntry row, ArInvoiceSummary invoice) =>
        row.NaturalKey is { } key
        && invoice.CustomerId is { } customer
        && key.EndsWith("@" + customer, StringComparison.OrdinalIgnoreCase);

    private static List<string> NamesOf(ArInvoiceSummary invoice) =>
        [
            .. new[]
            {
                invoice.RecordNo,
                invoice.InvoiceNo,
                invoice.ModuleKey == ArInvoiceSummary.OrderEntryModule ? invoice.PoNumber : null,
            }
                .OfType<string>()
                .Select(n => n.Trim())
                .Where(n => n.Length > 0)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    /// <summary>
    /// Which of these Zuper invoices have a counterpart of their own that Intacct shows as posted, and that has none of
    /// certain names. A counterpart that is reversed or not shown proves nothing: it may have been entered anew.
    /// </summary>
    /// <param name="connection">Whose invoices.</param>
    /// <param name="credentials">With what Intacct is called.</param>
    /// <param name="uids">The Zuper invoices.</param>
    /// <param name="names">The names of invoices in Intacct (<see cref="InvoiceLink.Names"/>).</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    internal async Task<IReadOnlySet<string>> LinkedElsewhereAsync(
        Connection connection,
        IntacctCredentials credentials,
        IReadOnlyCollection<string> uids,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var rows = (await keyMap.GetManyAsync(connection.Id, ZuperFlows.Invoices, uids, cancellationToken))
            .Values.Where(r => RecordNumber.Is(r.TargetId))
            .ToList();
        var shown = await ReadAsync(
            credentials,
            [.. rows.Select(r => r.TargetId!).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        return rows.Where(r => shown.GetValueOrDefault(r.TargetId!) is { IsReversed: false })
            .Where(r => !names.Any(n => IsNamed(r, n)))
            .Select(r => r.Key.SourceId)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether an invoice with this name may be the one that a row is of, entered anew. Pure.</summary>
    private static bool IsNamed(KeyMapEntry row, string name) =>
        string.Equals(row.Title, name, StringComparison.OrdinalIgnoreCase)
        || row.NaturalKey?.StartsWith(name + "@", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>What invoices are by their numbers, by RECORDNO: all are looked up together.</summary>
    private async Task<IReadOnlyDictionary<string, InvoiceLink>> ByNumberAsync(
        Connection connection,
        IntacctCredentials credentials,
        IReadOnlyCollection<ArInvoiceSummary> invoices,
        CancellationToken cancellationToken
    )
    {
        var titled = await keyMap.FindByTitlesAsync(
            connection.Id,
            ZuperFlows.Invoices,
            invoices.Select(i => i.InvoiceNo).OfType<string>(),
            cancellationToken
        );
        var rows = await keyMap.GetManyAsync(
            connection.Id,
            ZuperFlows.Invoices,
            titled.Values.SelectMany(ids => ids).ToHashSet(StringComparer.Ordinal),
            cancellationToken
        );
        var targets = rows.Values.Select(r => r.TargetId).Where(RecordNumber.Is).OfType<string>();
        var alive = (
            await ReadAsync(credentials, targets.ToHashSet(StringComparer.Ordinal), cancellationToken)
        ).Keys.ToHashSet(StringComparer.Ordinal);
        return invoices.ToDictionary(
            i => i.RecordNo,
            i =>
                i.InvoiceNo is { } number
                    ? Judge(i, [.. titled[number].Select(id => rows[id]).Where(r => r.Stored is not null)], alive)
                    : new InvoiceLink(null, $"Its invoice with RECORDNO {i.RecordNo} has no number."),
            StringComparer.Ordinal
        );
    }

    private async Task<Dictionary<string, ArInvoiceSummary>> ReadAsync(
        IntacctCredentials credentials,
        IReadOnlyCollection<string> recordNos,
        CancellationToken cancellationToken
    )
    {
        var invoices = new Dictionary<string, ArInvoiceSummary>(StringComparer.Ordinal);
        if (recordNos.Count == 0)
            return invoices;
        var query = new IntacctQuery("ARINVOICE", Fields) { Filter = QueryFilter.In("RECORDNO", recordNos) };
        await foreach (var row in intacct.QueryAsync(credentials, query, cancellationToken))
            Add(row);

        // A query may show an invoice late; a read by key does not. An invoice that neither shows is gone, or hidden
        // from the user.
        var unseen = recordNos.Where(r => !invoices.ContainsKey(r)).ToList();
        if (unseen.Count == 0)
            return invoices;
        foreach (var row in await intacct.ReadAsync(credentials, "ARINVOICE", unseen, Fields, cancellationToken))
            Add(row);
        return invoices;

        void Add(IntacctRecord row)
        {
            var invoice = ArInvoiceSummary.Read(row);
            invoices[invoice.RecordNo] = invoice;
        }
    }
}
