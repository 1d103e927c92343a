using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// Lists and counts records for a person, and for what is carried over once shadow mode ends. Nothing else of the sync
/// depends on it.
/// </summary>
public sealed class RecordQuery(ITable table, KeyMapStore keyMap)
{
    private const int ScanPage = 500;

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
            return new RecordPage(
                await SearchAsync(connection, flow, partition, state, text, pageSize, cancellationToken),
                null
            );

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

    private async Task<IReadOnlyList<KeyMapEntry>> SearchAsync(
        ConnectionId connection,
        FlowName flow,
        string partition,
        RecordState? state,
        string text,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        var ids = new List<string>();
        var bySource = await table.QueryAsync(KeyMapRow.Entries(partition, text), null, pageSize, cancellationToken);
        ids.AddRange(bySource.Rows.Select(KeyMapRow.SourceIdOfEntry));
        foreach (var range in new[] { KeyMapRow.Targets(partition, text), KeyMapRow.Titles(partition, text) })
        {
            var page = await table.QueryAsync(range, null, pageSize, cancellationToken);
            ids.AddRange(page.Rows.Select(KeyMapRow.SourceId));
        }

        var wanted = ids.Distinct(StringComparer.Ordinal).Take(pageSize).ToList();
        var entries = await keyMap.GetManyAsync(connection, flow, wanted, cancellationToken);
        return
        [
            .. wanted.Select(id => entries[id]).Where(e => e.Stored is not null && (state is null || e.State == state)),
        ];
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
