using System.Globalization;
using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>How both sides are read, a page at a time or by their ids.</summary>
internal sealed partial class InvoiceComparison
{
    private const int RowsAtOnce = 200;

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var (settings, account) = (scope.Connection.Zuper(), scope.Access.Zuper());
        var fields = await CarriedInvoiceFields.OfAsync(customFields, scope, ct);
        await foreach (var page in zuper.ReadAllInvoicesAsync(account, ct))
        {
            IReadOnlyList<ZuperInvoice> wanted =
            [
                .. page.Items.Where(i => scope.Holds(InvoiceMapper.DateOf(i.InvoiceDate, settings))),
            ];
            if (fields.Any)
                wanted = await Sides.WholeAsync(
                    wanted,
                    uids => zuper.GetInvoicesAsync(account, uids, RequestPriority.Bulk, ct)
                );
            yield return await OfAsync(scope, wanted, fields, ct);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var fields = await CarriedInvoiceFields.OfAsync(customFields, scope, ct);
        var query = fields.IsOrderEntry
            ? fields.Documents(DocumentFields, QueryFilter.And(OfDefinition(scope), Sides.Within("WHENCREATED", scope)))
            : fields.Receivables(ReceivableFields, Sides.Within("WHENCREATED", scope));
        await foreach (var page in PagesAsync(scope, query, fields, ct))
            yield return page;
        await foreach (var page in FormerAsync(scope, fields, ct))
            yield return page;
    }

    /// <summary>
    /// Counterparts that former settings have made: invoices of the other kind, and documents of another transaction
    /// definition. They stay what they are, and are found by the key map.
    /// </summary>
    private async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> FormerAsync(
        ComparedScope scope,
        CarriedInvoiceFields fields,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        string? after = null;
        do
        {
            var page = await records.ListAsync(scope.Connection.Id, Flow, null, null, after, RowsAtOnce, ct);
            var former = page
                .Items.Where(e => e.TargetId is { } id && !fields.IsOfToday(id) && scope.Holds(e.Facts?.Date))
                .ToList();

            // Between two pages live changes pass, be there any of these or none.
            yield return former.Count == 0
                ? []
                : [.. (await FindTargetsAsync(scope, former, ct)).Values.Select(t => t with { Whole = null })];
            after = page.Next;
        } while (after is not null);
    }

    /// <summary>
    /// Those of the same number, whatever the transaction definition of a document, and those of the same total.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> CandidatesAsync(
        ComparedScope scope,
        ComparedRecord source,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var fields = await CarriedInvoiceFields.OfAsync(customFields, scope, ct);
        var (number, total) = fields.IsOrderEntry ? ("DOCNO", "TRX_TOTAL") : ("RECORDID", "TRX_TOTALENTERED");
        var alike = QueryFilter.Or(
            source.Title.Length > 0 ? QueryFilter.EqualTo(number, source.Title) : null,
            source.Amount is { } amount
                ? QueryFilter.And(
                    fields.IsOrderEntry ? OfDefinition(scope) : null,
                    QueryFilter.EqualTo(total, amount.ToString("0.00", CultureInfo.InvariantCulture))
                )
                : null
        );
        var query = fields.IsOrderEntry
            ? fields.Documents(DocumentFields, alike)
            : fields.Receivables(ReceivableFields, alike);
        await foreach (var page in PagesAsync(scope, query, fields, ct))
            yield return page;
    }

    private static QueryFilter OfDefinition(ComparedScope scope) =>
        QueryFilter.EqualTo("DOCPARID", scope.Connection.Zuper().Invoice.TransactionDefinition);

    private async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> PagesAsync(
        ComparedScope scope,
        IntacctQuery query,
        CarriedInvoiceFields fields,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, query, ct))
        {
            var lines = await fields.LinesAsync(intacct, scope, await LinkedAsync(scope, page.Records, ct), ct);
            yield return [.. page.Records.Select(r => Of(r, fields, lines)).OfType<ComparedRecord>()];
        }
    }

    /// <summary>Those that are some invoice's counterpart: of the others nothing is compared.</summary>
    private async Task<IReadOnlyList<IntacctRecord>> LinkedAsync(
        ComparedScope scope,
        IReadOnlyList<IntacctRecord> records,
        CancellationToken ct
    )
    {
        var linked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var ids in records.Select(IdOf).OfType<string>().Chunk(500))
            linked.UnionWith((await keyMap.FindByTargetsAsync(scope.Connection.Id, Flow, ids, ct)).Keys);
        return [.. records.Where(r => IdOf(r) is { } id && linked.Contains(id))];
    }

    private static string? IdOf(IntacctRecord record) =>
        CarriedInvoiceFields.IsDocument(record) ? record["DOCID"] : record["RECORDNO"];

    public async Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct) =>
        await zuper.GetInvoiceAsync(scope.Access.Zuper(), sourceId, RequestPriority.Live, ct) is { } invoice
            ? (
                await OfAsync(scope, [invoice], await CarriedInvoiceFields.OfAsync(customFields, scope, ct), ct)
            ).Single() with
            {
                Whole = Sides.Whole(invoice),
            }
            : null;

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindSourcesAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    )
    {
        var (found, unread) = await Sides.ReadAsync(() =>
            zuper.GetInvoicesAsync(scope.Access.Zuper(), sourceIds, RequestPriority.Bulk, ct)
        );
        var fields = await CarriedInvoiceFields.OfAsync(customFields, scope, ct);
        return (await OfAsync(scope, [.. found.Values], fields, ct))
            .Concat(unread.Select(u => Sides.Unread(u.Key, Fields.Count, u.Value)))
            .DistinctBy(i => i.Id, StringComparer.Ordinal)
            .ToDictionary(i => i.Id, i => i, StringComparer.Ordinal);
    }

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        var found = new Dictionary<string, ComparedRecord>(StringComparer.OrdinalIgnoreCase);
        var fields = await CarriedInvoiceFields.OfAsync(customFields, scope, ct);
        var ids = entries.Select(e => e.TargetId!).Distinct(StringComparer.Ordinal).ToLookup(RecordNumber.Is);
        if (ids[true].Any())
            await KeepAsync(
                await intacct.ReadAsync(
                    scope.Access.Intacct,
                    "ARINVOICE",
                    [.. ids[true]],
                    [.. ReceivableFields, .. fields.Of(isDocument: false)],
                    ct
                )
            );

        // The custom fields of a document are shown only to who names its transaction definition, as a query can.
        if (ids[false].Any() && fields.Of(isDocument: true).Count > 0)
        {
            var query = fields.Documents(DocumentFields, QueryFilter.In("DOCID", [.. ids[false]]));
            await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, query, ct))
                await KeepAsync(page.Records);
        }
        else if (ids[false].Any())
            await KeepAsync(
                await intacct.ReadByNameAsync(scope.Access.Intacct, "SODOCUMENT", [.. ids[false]], DocumentFields, ct)
            );

        return entries
            .Where(e => found.ContainsKey(e.TargetId!))
            .ToDictionary(e => e.Key.SourceId, e => found[e.TargetId!], StringComparer.Ordinal);

        async Task KeepAsync(IReadOnlyList<IntacctRecord> records)
        {
            var lines = await fields.LinesAsync(intacct, scope, records, ct);
            foreach (var record in records)
            {
                if (Of(record, fields, lines) is { } compared)
                    found[compared.Id] = compared with { Whole = Sides.Whole(record) };
            }
        }
    }
}
