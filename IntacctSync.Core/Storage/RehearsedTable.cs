using System.Collections.Concurrent;
using System.Globalization;

namespace IntacctSync.Core.Storage;

/// <summary>
/// A copy of a table that is made as it is written: what was not written here is read from the table, and nothing is
/// ever written to it. It is gone with the process.
/// </summary>
public sealed class RehearsedTable(ITable table) : ITable, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<string, SortedDictionary<string, TableRow?>> _partitions = new(
        StringComparer.Ordinal
    );

    private long _etags;

    public async Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        Written(partitionKey, rowKey, out var row)
            ? row
            : await table.GetAsync(partitionKey, rowKey, cancellationToken);

    public async Task<IReadOnlyDictionary<string, TableRow>> GetManyAsync(
        string partitionKey,
        IReadOnlyCollection<string> rowKeys,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, TableRow>(StringComparer.Ordinal);
        var others = new List<string>();
        foreach (var key in rowKeys)
        {
            if (!Written(partitionKey, key, out var row))
                others.Add(key);
            else if (row is not null)
                found[key] = row;
        }

        if (others.Count > 0)
        {
            foreach (var (key, row) in await table.GetManyAsync(partitionKey, others, cancellationToken))
                found[key] = row;
        }

        return found;
    }

    public async Task<string> WriteAsync(TableWrite write, CancellationToken cancellationToken) =>
        (await WriteBatchAsync([write], cancellationToken))[0];

    public async Task<IReadOnlyList<string>> WriteBatchAsync(
        IReadOnlyList<TableWrite> writes,
        CancellationToken cancellationToken
    )
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            for (var i = 0; i < writes.Count; i++)
                await CheckAsync(writes[i], i, cancellationToken);
            return [.. writes.Select(Keep)];
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<TablePage> QueryAsync(
        TableRange range,
        string? continuation,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        // The continuation is the key behind which to go on, and the table's own, which must not be empty.
        var (after, inner) = continuation is null ? (null, null) : Split(continuation);
        var page = inner is ""
            ? new TablePage([], null)
            : await table.QueryAsync(range, inner, pageSize, cancellationToken);
        var last =
            page.Continuation is null ? null
            : page.Rows is [.., var end] ? end.RowKey
            : after;
        var rows = new SortedDictionary<string, TableRow>(StringComparer.Ordinal);
        foreach (var row in page.Rows)
            rows[row.RowKey] = row;
        foreach (var (key, row) in Own(range))
        {
            var isHere =
                (after is null || string.CompareOrdinal(key, after) > 0)
                && (page.Continuation is null || (last is not null && string.CompareOrdinal(key, last) <= 0));
            if (!isHere)
                continue;
            if (row is null)
                rows.Remove(key);
            else
                rows[key] = row;
        }

        return new TablePage(
            [.. rows.Values],
            page.Continuation is null ? null : $"{(last ?? "").Length}:{last}{page.Continuation}"
        );
    }

    public void Dispose() => _gate.Dispose();

    private static (string? After, string? Inner) Split(string continuation)
    {
        var colon = continuation.IndexOf(':', StringComparison.Ordinal);
        var length = int.Parse(continuation.AsSpan(0, colon), CultureInfo.InvariantCulture);
        var after = continuation.Substring(colon + 1, length);
        return (after.Length == 0 ? null : after, continuation[(colon + 1 + length)..]);
    }

    private bool Written(string partitionKey, string rowKey, out TableRow? row)
    {
        row = null;
        if (!_partitions.TryGetValue(partitionKey, out var rows))
            return false;
        lock (rows)
            return rows.TryGetValue(rowKey, out row);
    }

    private List<KeyValuePair<string, TableRow?>> Own(TableRange range)
    {
        if (!_partitions.TryGetValue(range.PartitionKey, out var rows))
            return [];
        lock (rows)
            return
            [
                .. rows.Where(r =>
                    (range.From is null || string.CompareOrdinal(r.Key, range.From) >= 0)
                    && (range.Before is null || string.CompareOrdinal(r.Key, range.Before) < 0)
                ),
            ];
    }

    private async Task CheckAsync(TableWrite write, int index, CancellationToken cancellationToken)
    {
        if (write.Kind is TableWriteKind.Upsert or TableWriteKind.DeleteIfThere)
            return;
        var there = await GetAsync(write.Row.PartitionKey, write.Row.RowKey, cancellationToken);
        var reason =
            write.Kind == TableWriteKind.Insert ? (there is null ? null : "it exists")
            : there is null ? "it is not there"
            : there.ETag == write.ETag ? null
            : "it has changed";
        if (reason is not null)
            throw new TableConflictException(index, write.Row.PartitionKey, write.Row.RowKey, reason);
    }

    private string Keep(TableWrite write)
    {
        var rows = _partitions.GetOrAdd(
            write.Row.PartitionKey,
            static _ => new SortedDictionary<string, TableRow?>(StringComparer.Ordinal)
        );
        var isGone = write.Kind is TableWriteKind.Delete or TableWriteKind.DeleteIfThere;
        var etag = isGone
            ? ""
            : "rehearsed-" + Interlocked.Increment(ref _etags).ToString(CultureInfo.InvariantCulture);
        lock (rows)
            rows[write.Row.RowKey] = isGone ? null : write.Row with { ETag = etag };
        return etag;
    }
}
