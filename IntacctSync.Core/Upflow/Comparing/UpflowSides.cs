using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Comparing;

/// <summary>What the comparisons with Upflow read alike.</summary>
internal static class UpflowSides
{
    /// <summary>All records of a kind, page by page.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<UpflowRead>> PagesAsync(
        UpflowClient upflow,
        ComparedScope scope,
        UpflowKind kind,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (
            var page in upflow
                .ListAsync(scope.Access.Upflow(), kind, null, RequestPriority.Bulk, ct)
                .Chunk(UpflowClient.PageSize)
                .WithCancellation(ct)
        )
            yield return page;
    }

    /// <summary>
    /// The counterparts of linked records, by source id. Customers and invoices are read one by one; of the other kinds
    /// Upflow's reference names no such call, so the lists of their customers are read.
    /// </summary>
    public static async Task<IReadOnlyList<(string SourceId, UpflowRead Read)>> FindAsync(
        UpflowClient upflow,
        KeyMapStore keyMap,
        ComparedScope scope,
        UpflowKind kind,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        if (kind != UpflowKind.Customer && kind != UpflowKind.Invoice)
            return await FindInListsAsync(upflow, keyMap, scope, kind, entries, ct);
        var found = new List<(string, UpflowRead)>();
        foreach (var entry in entries)
        {
            if (
                await upflow.FindAsync(
                    scope.Access.Upflow(),
                    kind,
                    new UpflowReference(entry.TargetId!),
                    RequestPriority.Live,
                    ct
                ) is
                { } read
            )
                found.Add((entry.Key.SourceId, read));
        }

        return found;
    }

    private static async Task<IReadOnlyList<(string SourceId, UpflowRead Read)>> FindInListsAsync(
        UpflowClient upflow,
        KeyMapStore keyMap,
        ComparedScope scope,
        UpflowKind kind,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        var customers = await keyMap.GetManyAsync(
            scope.Connection.Id,
            UpflowFlows.Customers,
            [.. entries.Select(e => e.Facts?.Party).OfType<string>().Distinct(StringComparer.Ordinal)],
            ct
        );
        var wanted = entries.ToDictionary(e => e.TargetId!, e => e.Key.SourceId, StringComparer.OrdinalIgnoreCase);
        var lists = entries
            .Select(e => e.Facts?.Party is { } party ? customers[party].TargetId : null)
            .Distinct(StringComparer.Ordinal)
            .ToList();

        // Where there are many customers, or one is not known, the list of all is read once.
        if (lists.Count > UpflowClient.MostCustomerLists || lists.Contains(null, StringComparer.Ordinal))
            lists = [null];
        var found = new List<(string, UpflowRead)>();
        foreach (var customer in lists)
        {
            await foreach (
                var read in upflow.ListAsync(scope.Access.Upflow(), kind, customer, RequestPriority.Live, ct)
            )
            {
                if (read.Id is { } id && wanted.Remove(id, out var sourceId))
                    found.Add((sourceId, read));
            }
        }

        return found;
    }

    /// <summary>
    /// Documents of Intacct as a comparison reads them, by source id; one that Intacct does not show is missing.
    /// </summary>
    /// <param name="intacct">Where they are read, by key.</param>
    /// <param name="scope">What is compared.</param>
    /// <param name="sourceIds">Which documents.</param>
    /// <param name="fieldsOf">What is read of an object.</param>
    /// <param name="read">Reads one, given its object; null for one that is not compared.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<IReadOnlyDictionary<string, ComparedRecord>> SourcesAsync(
        IntacctClient intacct,
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        Func<string, IReadOnlyList<string>> fieldsOf,
        Func<string, IntacctRecord, ComparedRecord?> read,
        CancellationToken ct
    )
    {
        var found = new Dictionary<string, ComparedRecord>(StringComparer.Ordinal);
        foreach (var kind in sourceIds.GroupBy(Receivable.ObjectOf, StringComparer.Ordinal))
        {
            var rows = await intacct.ReadAsync(
                scope.Access.Intacct,
                kind.Key,
                [.. kind.Select(Receivable.RecordNoOf)],
                fieldsOf(kind.Key),
                ct
            );
            foreach (var row in rows.Where(r => r["RECORDNO"] is not null))
            {
                if (read(kind.Key, row) is { } record)
                    found[record.Id] = record;
            }
        }

        return found;
    }

    /// <summary>The same of one document, with all that was read of it.</summary>
    public static async Task<ComparedRecord?> SourceAsync(
        IntacctClient intacct,
        ComparedScope scope,
        string sourceId,
        Func<string, IReadOnlyList<string>> fieldsOf,
        Func<string, IntacctRecord, ComparedRecord?> read,
        CancellationToken ct
    ) =>
        (
            await SourcesAsync(
                intacct,
                scope,
                [sourceId],
                fieldsOf,
                (kind, row) => read(kind, row) is { } found ? found with { Whole = Whole(row) } : null,
                ct
            )
        ).Values.FirstOrDefault();

    /// <summary>
    /// A document of Intacct as it is compared. One that can't be read is told by its number, unless it only takes
    /// another one back.
    /// </summary>
    public static ComparedRecord? Guarded(string objectName, IntacctRecord row, int fields, Func<ComparedRecord?> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            return
                row["RECORDNO"] is not { } recordNo
                || string.Equals(row["STATE"]?.Trim(), "Reversal", StringComparison.OrdinalIgnoreCase)
                ? null
                : ComparedRecord.Unreadable(
                    Receivable.SourceIdOf(objectName, recordNo),
                    row["RECORDID"]?.Trim() ?? recordNo,
                    fields,
                    e.Message
                );
        }
    }

    /// <summary>The CUSTOMERIDs of the customers that records name, by Upflow's id in upper case.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> CustomersAsync(
        KeyMapStore keyMap,
        ComparedScope scope,
        IEnumerable<UpflowRead> records,
        CancellationToken ct
    )
    {
        var ids = records.Select(r => r.CustomerId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return ids.Count == 0
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : await keyMap.FindByTargetsAsync(scope.Connection.Id, UpflowFlows.Customers, ids, ct);
    }

    /// <summary>The CUSTOMERID of a record's customer; null where Upflow names none, or one that is nobody's.</summary>
    public static string? CustomerOf(UpflowRead record, IReadOnlyDictionary<string, string> customers) =>
        record.CustomerId is { } id ? customers.GetValueOrDefault(id.ToUpperInvariant()) : null;

    /// <summary>An amount of Upflow as text; null where it does not say.</summary>
    public static string? Text(long? amount, string currency) =>
        amount is { } units ? ComparedRecord.Text(UpflowMoney.FromSmallest(units, currency)) : null;

    /// <summary>The currency in which Upflow has a document.</summary>
    public static string CurrencyOf(ComparedScope scope, string? currency) =>
        (currency ?? scope.Connection.Upflow().DefaultCurrency).Trim().ToUpperInvariant();

    /// <summary>A filter on a date, both ends included; null for no filter.</summary>
    public static QueryFilter? Within(string field, ComparedScope scope) =>
        QueryFilter.And(
            scope.Since is { } since ? QueryFilter.GreaterThanOrEqualTo(field, Day(since)) : null,
            scope.Until is { } until ? QueryFilter.LessThanOrEqualTo(field, Day(until)) : null
        );

    /// <summary>The whole of a record of Intacct.</summary>
    public static JsonObject Whole(IntacctRecord row) =>
        new(
            row.Fields.Where(f => f.Nested is null && f.Value.Length > 0)
                .DistinctBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => KeyValuePair.Create(f.Name, (JsonNode?)f.Value))
        );

    /// <summary>The whole of a record of Upflow.</summary>
    public static JsonNode? Whole(UpflowRead read) => JsonNode.Parse(read.Json.GetRawText());

    private static string Day(DateOnly day) => day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether Intacct still says of a document's field what was last carried over. Its row keeps what Intacct said
    /// when it was last looked at; where that ended with both sides equal, it is what was carried over.
    /// </summary>
    /// <returns>Null where that is not known, as of a currency that Intacct does not name.</returns>
    public static bool? IsAsWritten(
        IReadOnlyList<string> fields,
        string field,
        KeyMapEntry entry,
        ComparedRecord source
    )
    {
        if (!IsAtRest(entry) || entry.Facts is not { } facts)
            return null;
        var said = source.Values[fields.TakeWhile(f => f != field).Count()];
        return field switch
        {
            "customer" => said == facts.Party,
            "number" => source.Title.Trim() == entry.Title?.Trim(),
            "date" => said == ComparedRecord.Text(facts.Date),
            "currency" => said == facts.Currency,
            "total" => facts.Amount is { } amount && said == ComparedRecord.Text(Math.Abs(amount)),
            _ => false,
        }
            ? true
            : null;
    }

    /// <summary>Whether the last look at a record has left both sides equal, and no write of it is open.</summary>
    public static bool IsAtRest(KeyMapEntry entry) =>
        entry is { State: RecordState.Synced, Intent: null, Adopted: false, Hash: not null };

    /// <summary>Why a field of a document differs, where one side says it; what is open is the last field.</summary>
    public static string? Explains(
        IReadOnlyList<string> fields,
        string field,
        ComparedRecord source,
        ComparedRecord target
    ) =>
        field == fields[^1]
            ? target.Remark ?? WhyOpen(source.Values[^1], target.Values[^1])
            : target.Remark ?? source.Remark;

    /// <summary>
    /// Why more or less of a document is open in Upflow than in Intacct, although the document itself was carried over.
    /// </summary>
    /// <param name="source">What is open in Intacct.</param>
    /// <param name="target">What is open in Upflow.</param>
    /// <returns>Null where one of them is not told.</returns>
    private static string? WhyOpen(string? source, string? target)
    {
        if (!decimal.TryParse(source, CultureInfo.InvariantCulture, out var inIntacct))
            return null;
        if (!decimal.TryParse(target, CultureInfo.InvariantCulture, out var inUpflow))
            return null;
        var more = inUpflow - inIntacct;
        return more > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Intacct has applied {more:0.00##} more of it: by a payment or credit that is not carried over, "
                    + $"since it waits, needs a person or is dated before the sync's start; or a link was taken off "
                    + $"in Upflow."
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Upflow has applied {-more:0.00##} more of it: by money that was taken there and is not posted in "
                    + $"Intacct, or by a link that was made there by hand."
            );
    }
}
