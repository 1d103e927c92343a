using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>Lists and counts records for a person. Nothing of the sync itself depends on it.</summary>
public sealed class RecordQuery(ITable table, KeyMapStore keyMap)
{
    private const int ScanPage = 500;

    /// <summary>A page of the records of a flow, by source id.</summary>
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

        return state is RecordState.NeedsAction or RecordState.Dead
            ? await ListPersonsAsync(connection, flow, partition, state.Value, after, pageSize, cancellationToken)
            : await ScanAsync(connection, flow, partition, state, after, pageSize, cancellationToken);
    }

    /// <summary>How many records are in each state, and since when the oldest waits.</summary>
    public async Task<RecordCounts> CountAsync(
        ConnectionId connection,
        FlowName flow,
        CancellationToken cancellationToken
    )
    {
        var counts = new Dictionary<RecordState, int>();
        DateTimeOffset? oldest = null;
        var range = KeyMapRow.Entries(KeyMapRow.Partition(connection, flow), "");
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(range, continuation, ScanPage, cancellationToken);
            foreach (var row in page.Rows)
            {
                if (KeyMapRow.State(row) is { } state)
                    counts[state] = counts.GetValueOrDefault(state) + 1;
                if (KeyMapRow.PendingSince(row) is { } since && (oldest is null || since < oldest))
                    oldest = since;
            }

            continuation = page.Continuation;
        } while (continuation is not null);

        return new RecordCounts(counts, oldest);
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
        var found = new List<string>();
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(
                KeyMapRow.Persons(KeyMapRow.Partition(connection, flow)),
                continuation,
                ScanPage,
                cancellationToken
            );
            found.AddRange(
                page.Rows.Where(row => code is null || KeyMapRow.Code(row) == code).Select(KeyMapRow.SourceId)
            );
            continuation = page.Continuation;
        } while (continuation is not null);

        return found;
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

    private async Task<RecordPage> ListPersonsAsync(
        ConnectionId connection,
        FlowName flow,
        string partition,
        RecordState state,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        var found = new List<KeyMapEntry>();
        var continuation = after;
        do
        {
            var page = await table.QueryAsync(KeyMapRow.Persons(partition), continuation, pageSize, cancellationToken);
            var ids = page.Rows.Where(row => KeyMapRow.State(row) == state).Select(KeyMapRow.SourceId).ToList();
            var entries = await keyMap.GetManyAsync(connection, flow, ids, cancellationToken);
            found.AddRange(ids.Select(id => entries[id]).Where(e => e.Stored is not null));
            continuation = page.Continuation;
        } while (continuation is not null && found.Count == 0);

        return new RecordPage(found, continuation);
    }

    private async Task<RecordPage> ScanAsync(
        ConnectionId connection,
        FlowName flow,
        string partition,
        RecordState? state,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        var found = new List<KeyMapEntry>();
        var continuation = after;
        do
        {
            var page = await table.QueryAsync(
                KeyMapRow.Entries(partition, ""),
                continuation,
                pageSize,
                cancellationToken
            );
            var entries = await table.ReadAsync(connection, flow, page.Rows, cancellationToken);
            found.AddRange(entries.Where(e => state is null || e.State == state));
            continuation = page.Continuation;
        } while (continuation is not null && found.Count == 0);

        return new RecordPage(found, continuation);
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
