using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// Lists and counts records for a person, and for what is carried over once shadow mode ends or a flow is switched on.
/// Nothing else of the sync depends on it.
/// </summary>
public sealed class RecordQuery(ITable table, KeyMapStore keyMap)
{
    private const int ScanPage = 500;

    /// <summary>How often a search looks for one page.</summary>
    private const int MostLooks = 20;

    private const char PlaceSeparator = '~';

    private readonly CountingPass _counting = new(table);

    /// <summary>
    /// A page of the records of a flow, by source id; of those in a state, the ones that wait longest come first.
    /// </summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="state">Only these; null for all.</param>
    /// <param name="text">A source id, a target id or a title, or the beginning of one; null for all.</param>
    /// <param name="after">The continuation that the page before gave.</param>
    /// <param name="pageSize">1 to 200.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<RecordPage> ListAsync(
        ConnectionId connection,
        FlowName flow,
        RecordState? state,
        string? text,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        var partition = KeyMapRow.Partition(connection, flow);
        if (!string.IsNullOrEmpty(text))
            return await SearchAsync(connection, flow, state, text, after, pageSize, cancellationToken);

        return state is { } wanted
            ? await ListStateAsync(connection, flow, wanted, after, pageSize, cancellationToken)
            : await ListAllAsync(connection, flow, after, pageSize, cancellationToken);
    }

    /// <summary>How many records are in each state, and since when the oldest waits.</summary>
    public async Task<RecordCounts> CountAsync(
        ConnectionId connection,
        FlowName flow,
        CancellationToken cancellationToken
    )
    {
        var partition = KeyMapRow.Partition(connection, flow);
        await CountOnceAsync(connection, flow, cancellationToken);
        var counts = StateCounts.Sum(await RowsAsync(StateCounts.Rows(partition), cancellationToken));
        DateTimeOffset? oldest = null;
        foreach (var state in new[] { RecordState.Pending, RecordState.InDoubt })
        {
            var first = await table.QueryAsync(KeyMapRow.InState(partition, state), null, 1, cancellationToken);
            if (first.Rows is not [var row])
                continue;
            var since = KeyMapRow.PendingSince(row) ?? await BeganAsync(connection, flow, row, cancellationToken);
            if (!(oldest <= since))
                oldest = since ?? oldest;
        }

        return new RecordCounts(
            counts.Where(count => count.Value > 0).ToDictionary(count => count.Key, count => count.Value),
            oldest
        );
    }

    /// <summary>
    /// Since when a record waits whose row does not say so, as rows of former programs: since its write, or since the
    /// first that is told of it.
    /// </summary>
    private async Task<DateTimeOffset?> BeganAsync(
        ConnectionId connection,
        FlowName flow,
        TableRow listed,
        CancellationToken cancellationToken
    )
    {
        var key = new SyncKey(connection, flow, KeyMapRow.SourceId(listed));
        var entry = await keyMap.GetAsync(key, cancellationToken);
        return entry?.Intent?.At ?? (entry?.Timeline is [var first, ..] ? first.At : null);
    }

    /// <summary>
    /// The records that need a person, or were given up, for a cause; all of them where no cause is named.
    /// </summary>
    public async Task<IReadOnlyList<string>> WithCauseAsync(
        ConnectionId connection,
        FlowName flow,
        string? code,
        CancellationToken cancellationToken
    )
    {
        var partition = KeyMapRow.Partition(connection, flow);
        await CountOnceAsync(connection, flow, cancellationToken);
        var found = new List<string>();
        foreach (var state in new[] { RecordState.NeedsAction, RecordState.Dead })
        {
            var rows = await RowsAsync(KeyMapRow.InState(partition, state), cancellationToken);
            found.AddRange(rows.Where(row => code is null || KeyMapRow.Code(row) == code).Select(KeyMapRow.SourceId));
        }

        return [.. found.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>What was stored by a program that kept no counts and did not list by state is counted once.</summary>
    private async Task CountOnceAsync(ConnectionId connection, FlowName flow, CancellationToken cancellationToken)
    {
        if (await table.TotalAsync(KeyMapRow.Partition(connection, flow), cancellationToken) is null)
            await _counting.RunAsync(connection, flow, cancellationToken);
    }

    private async Task<List<TableRow>> RowsAsync(TableRange range, CancellationToken cancellationToken)
    {
        var rows = new List<TableRow>();
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(range, continuation, ScanPage, cancellationToken);
            rows.AddRange(page.Rows);
            continuation = page.Continuation;
        } while (continuation is not null);

        return rows;
    }

    /// <summary>
    /// By source ids, then by target ids, then by titles. A page that is not full where much was read for it says where
    /// the next one goes on.
    /// </summary>
    private async Task<RecordPage> SearchAsync(
        ConnectionId connection,
        FlowName flow,
        RecordState? state,
        string text,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        var partition = KeyMapRow.Partition(connection, flow);
        TableRange[] ranges =
        [
            KeyMapRow.Entries(partition, text),
            KeyMapRow.Targets(partition, text),
            KeyMapRow.Titles(partition, text),
        ];
        var (range, continuation) = SearchPlace(after, ranges.Length);
        var found = new List<KeyMapEntry>();
        for (var looks = 0; range < ranges.Length; looks++)
        {
            if (found.Count == pageSize || looks == MostLooks)
                return new RecordPage(
                    found,
                    string.Create(CultureInfo.InvariantCulture, $"{range}{PlaceSeparator}{continuation}")
                );
            var page = await table.QueryAsync(ranges[range], continuation, pageSize - found.Count, cancellationToken);
            List<string> ids =
            [
                .. page
                    .Rows.Select(row => range == 0 ? KeyMapRow.SourceIdOfEntry(row) : KeyMapRow.SourceId(row))
                    .Distinct(StringComparer.Ordinal),
            ];
            var entries = await keyMap.GetManyAsync(connection, flow, ids, cancellationToken);
            found.AddRange(
                ids.Select(id => entries[id])
                    .Where(e =>
                        e.Stored is not null && (state is null || e.State == state) && !IsInRangeBefore(range, e, text)
                    )
            );
            continuation = page.Continuation;
            if (continuation is null)
                range++;
        }

        return new RecordPage(found, null);
    }

    /// <summary>Whether a range that goes before has shown it.</summary>
    private static bool IsInRangeBefore(int range, KeyMapEntry entry, string text) =>
        (range > 0 && entry.Key.SourceId.StartsWith(text, StringComparison.Ordinal))
        || (
            range > 1
            && entry.TargetId?.ToUpperInvariant().StartsWith(text.ToUpperInvariant(), StringComparison.Ordinal) == true
        );

    private static (int Range, string? Continuation) SearchPlace(string? after, int ranges)
    {
        if (string.IsNullOrEmpty(after))
            return (0, null);
        var parts = after.Split(PlaceSeparator, 2);
        return
            parts is [var number, var continuation]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var range)
            && range < ranges
            ? (range, continuation.Length == 0 ? null : continuation)
            : throw new FormatException("It is no place of a search.");
    }

    private async Task<RecordPage> ListStateAsync(
        ConnectionId connection,
        FlowName flow,
        RecordState state,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        await CountOnceAsync(connection, flow, cancellationToken);
        var range = KeyMapRow.InState(KeyMapRow.Partition(connection, flow), state);
        var page = await table.QueryAsync(range, after, pageSize, cancellationToken);
        List<string> ids = [.. page.Rows.Select(KeyMapRow.SourceId).Distinct(StringComparer.Ordinal)];
        var entries = await keyMap.GetManyAsync(connection, flow, ids, cancellationToken);

        // The state may have changed since the row that lists it was read.
        return new RecordPage(
            [.. ids.Select(id => entries[id]).Where(e => e.Stored is not null && e.State == state)],
            page.Continuation
        );
    }

    private async Task<RecordPage> ListAllAsync(
        ConnectionId connection,
        FlowName flow,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        var page = await table.QueryAsync(
            KeyMapRow.Entries(KeyMapRow.Partition(connection, flow), ""),
            after,
            pageSize,
            cancellationToken
        );
        return new RecordPage(await table.ReadAsync(connection, flow, page.Rows, cancellationToken), page.Continuation);
    }
}

/// <summary>
/// Some records, and the continuation of the next page; null when there is none. A page may hold fewer than asked for.
/// </summary>
public sealed record RecordPage(IReadOnlyList<KeyMapEntry> Items, string? Next);

/// <summary>How many records are in each state, and since when the oldest pending one waits.</summary>
public sealed record RecordCounts(IReadOnlyDictionary<RecordState, int> ByState, DateTimeOffset? OldestPendingAt)
{
    public int Of(RecordState state) => ByState.GetValueOrDefault(state);

    public int Total => ByState.Values.Sum();
}
