using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// Stores what is known of each record: the only truth about what was synced. A save is refused if the entry has
/// changed since it was read.
/// </summary>
public sealed class KeyMapStore(ITable table)
{
    private const int IndexPage = 500;
    private const int TitlesAtOnce = 16;

    private readonly StateTally _tally = new(table);

    /// <summary>Forgets what is remembered of a connection whose records were removed.</summary>
    public void Forget(ConnectionId connection) => _tally.Forget(connection);

    public async Task<KeyMapEntry?> GetAsync(SyncKey key, CancellationToken cancellationToken)
    {
        var row = await table.GetAsync(
            KeyMapRow.Partition(key.Connection, key.Flow),
            KeyMapRow.EntryKey(key.SourceId),
            cancellationToken
        );
        return row is null
            ? null
            : (await table.ReadAsync(key.Connection, key.Flow, [row], cancellationToken)).SingleOrDefault();
    }

    /// <returns>An entry for each id; a fresh one where none is stored.</returns>
    public async Task<IReadOnlyDictionary<string, KeyMapEntry>> GetManyAsync(
        ConnectionId connection,
        FlowName flow,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        var keys = sourceIds.ToDictionary(id => id, KeyMapRow.EntryKey, StringComparer.Ordinal);
        var rows = await table.GetManyAsync(KeyMapRow.Partition(connection, flow), [.. keys.Values], cancellationToken);
        var entries = await table.ReadAsync(connection, flow, [.. rows.Values], cancellationToken);
        var stored = entries.ToDictionary(entry => KeyMapRow.EntryKey(entry.Key.SourceId), StringComparer.Ordinal);
        return keys.ToDictionary(
            pair => pair.Key,
            pair =>
                stored.GetValueOrDefault(pair.Value)
                ?? new KeyMapEntry { Key = new SyncKey(connection, flow, pair.Key) },
            StringComparer.Ordinal
        );
    }

    /// <exception cref="IntentTooLargeException">The entry's intent is too large to be stored.</exception>
    public static void CheckSize(KeyMapEntry entry)
    {
        // Compressing makes it smaller, but for the few bytes of a frame.
        if (entry.Intent is not { } intent)
            return;
        if (intent.Function.Length > StoredFunction.MostBytes / 4)
            StoredFunction.Pieces(intent);
        if (KeyMapRow.Fingerprinted(entry) is > KeyMapRow.MostFingerprints and var length)
            throw new IntentTooLargeException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The function '{intent.FunctionName}' writes so many fields that it would take {length} "
                        + $"characters to remember them; there is room for {KeyMapRow.MostFingerprints}."
                )
            );
    }

    /// <summary>Saves entries of one connection and flow, as many in a batch as fit.</summary>
    /// <returns>What is stored now, by source id. An entry that was refused because its row, or the link to its
    /// counterpart, was taken by somebody else is missing.</returns>
    public async Task<IReadOnlyDictionary<string, KeyMapEntry>> SaveAsync(
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var saved = new Dictionary<string, KeyMapEntry>(StringComparer.Ordinal);
        if (entries.Count > 0)
            await _tally.BeginAsync(entries.First().Key, cancellationToken);
        foreach (var batch in EntryBatches.Of(entries.Select(KeyMapRow.WritesOf)))
        {
            try
            {
                await SaveBatchAsync(batch, saved, cancellationToken);
            }
            catch (TableConflictException) when (batch.Count > 1)
            {
                // One refused entry undoes the whole batch, so the entries are saved again one by one.
                foreach (var single in batch)
                    await TrySaveOneAsync(single, saved, cancellationToken);
            }
            catch (TableConflictException)
            {
                // The entry is missing in the answer; so the caller knows that it was refused.
            }
        }

        return saved;
    }

    /// <summary>
    /// Some records of a flow, by source id, that are linked and synced, and that their source showed when they were
    /// last looked for.
    /// </summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="fits">Which of them, by source id.</param>
    /// <param name="most">How many at the most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<string>> SomeSyncedAsync(
        ConnectionId connection,
        FlowName flow,
        Func<string, bool> fits,
        int most,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await SomeAsync(
                    connection,
                    flow,
                    e =>
                        e is { State: RecordState.Synced, TargetId: not null, MissingSince: null }
                        && fits(e.Key.SourceId),
                    most,
                    cancellationToken
                )
            ).Select(e => e.Key.SourceId),
        ];

    /// <summary>Some records of a flow that are linked, whatever state they are in.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="fits">Which of them.</param>
    /// <param name="most">How many at the most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<IReadOnlyList<KeyMapEntry>> SomeLinkedAsync(
        ConnectionId connection,
        FlowName flow,
        Func<KeyMapEntry, bool> fits,
        int most,
        CancellationToken cancellationToken
    ) => SomeAsync(connection, flow, e => e.TargetId is not null && fits(e), most, cancellationToken);

    private async Task<IReadOnlyList<KeyMapEntry>> SomeAsync(
        ConnectionId connection,
        FlowName flow,
        Func<KeyMapEntry, bool> fits,
        int most,
        CancellationToken cancellationToken
    )
    {
        var found = new List<KeyMapEntry>();
        var range = KeyMapRow.Entries(KeyMapRow.Partition(connection, flow), "");
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(range, continuation, IndexPage, cancellationToken);
            found.AddRange(
                (await table.ReadAsync(connection, flow, page.Rows, cancellationToken))
                    .Where(fits)
                    .Take(most - found.Count)
            );
            continuation = page.Continuation;
        } while (continuation is not null && found.Count < most);

        return found;
    }

    /// <summary>Whether any record of a flow is known.</summary>
    public async Task<bool> AnyAsync(ConnectionId connection, FlowName flow, CancellationToken cancellationToken) =>
        (
            await table.QueryAsync(
                KeyMapRow.Entries(KeyMapRow.Partition(connection, flow), ""),
                null,
                1,
                cancellationToken
            )
        )
            .Rows
            .Count > 0;

    /// <summary>Which record is linked to a counterpart; null where none is.</summary>
    public async Task<string?> FindByTargetAsync(
        ConnectionId connection,
        FlowName flow,
        string targetId,
        CancellationToken cancellationToken
    )
    {
        var row = await table.GetAsync(
            KeyMapRow.Partition(connection, flow),
            KeyMapRow.TargetKey(targetId),
            cancellationToken
        );
        return row is null ? null : KeyMapRow.SourceId(row);
    }

    /// <summary>Which records are linked to these counterparts, by target id in upper case.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FindByTargetsAsync(
        ConnectionId connection,
        FlowName flow,
        IReadOnlyCollection<string> targetIds,
        CancellationToken cancellationToken
    )
    {
        var keys = targetIds
            .Select(id => id.ToUpperInvariant())
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(id => id, KeyMapRow.TargetKey, StringComparer.Ordinal);
        var rows = await table.GetManyAsync(KeyMapRow.Partition(connection, flow), [.. keys.Values], cancellationToken);
        return keys.Where(pair => rows.ContainsKey(pair.Value))
            .ToDictionary(pair => pair.Key, pair => KeyMapRow.SourceId(rows[pair.Value]), StringComparer.Ordinal);
    }

    /// <summary>Which records have exactly this title; case and blanks around it do not count.</summary>
    public Task<IReadOnlyList<string>> FindByTitleAsync(
        ConnectionId connection,
        FlowName flow,
        string title,
        CancellationToken cancellationToken
    ) => SourcesAsync(KeyMapRow.OfTitle(KeyMapRow.Partition(connection, flow), title), cancellationToken);

    /// <summary>The same of many titles, by title; some are asked for at once.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> FindByTitlesAsync(
        ConnectionId connection,
        FlowName flow,
        IEnumerable<string> titles,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var some in titles.Distinct(StringComparer.Ordinal).Chunk(TitlesAtOnce))
        {
            var answers = await Task.WhenAll(
                some.Select(title => FindByTitleAsync(connection, flow, title, cancellationToken))
            );
            foreach (var (title, sources) in some.Zip(answers))
                found[title] = sources;
        }

        return found;
    }

    /// <summary>
    /// Which records wait for what has this name (<see cref="KeyMapEntry.Waits"/>); case and blanks around it do not
    /// count.
    /// </summary>
    public Task<IReadOnlyList<string>> FindWaitingAsync(
        ConnectionId connection,
        FlowName flow,
        string name,
        CancellationToken cancellationToken
    ) => SourcesAsync(KeyMapRow.Waiting(KeyMapRow.Partition(connection, flow), name), cancellationToken);

    /// <summary>Which records wait for anything whose name begins so, likewise.</summary>
    public async Task<IReadOnlyList<string>> FindWaitingForAnyAsync(
        ConnectionId connection,
        FlowName flow,
        string beginning,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await SourcesAsync(
                    KeyMapRow.WaitingForAny(KeyMapRow.Partition(connection, flow), beginning),
                    cancellationToken
                )
            ).Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Which records of a flow wait for another one, by their source ids.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="parent">As <see cref="KeyMapEntry.WaitsFor"/> has it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<IReadOnlyList<string>> WaitingForAsync(
        ConnectionId connection,
        FlowName flow,
        string parent,
        CancellationToken cancellationToken
    ) => SourcesAsync(KeyMapRow.WaitingFor(KeyMapRow.Partition(connection, flow), parent), cancellationToken);

    private async Task<IReadOnlyList<string>> SourcesAsync(TableRange range, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(range, continuation, IndexPage, cancellationToken);
            found.AddRange(page.Rows.Select(KeyMapRow.SourceId));
            continuation = page.Continuation;
        } while (continuation is not null);

        return found;
    }

    private async Task TrySaveOneAsync(
        EntryWrites entry,
        Dictionary<string, KeyMapEntry> saved,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await SaveBatchAsync([entry], saved, cancellationToken);
        }
        catch (TableConflictException)
        {
            // As above.
        }
    }

    private async Task SaveBatchAsync(
        IReadOnlyList<EntryWrites> batch,
        Dictionary<string, KeyMapEntry> saved,
        CancellationToken cancellationToken
    )
    {
        var writes = new List<TableWrite>();
        var positions = new List<int>();
        foreach (var entry in batch)
        {
            positions.Add(writes.Count + entry.Own);
            writes.AddRange(entry.Writes);
        }

        // One entry may wait for more than fits into a batch. The rest of its index rows is added before the batch, or
        // removed after it. An index row too many only has the record looked at once more.
        var rest = writes.Skip(EntryBatches.MostRows).ToLookup(w => w.Kind == TableWriteKind.DeleteIfThere);
        foreach (var added in rest[false].Chunk(TableLimits.BatchRows))
            await table.WriteBatchAsync(added, cancellationToken);
        var partition = writes[0].Row.PartitionKey;
        var difference = StateCounts.DifferenceOf(partition, [.. batch.Select(writes => writes.Entry)]);
        var etags = await table.WriteBatchAsync(
            [.. writes.Take(EntryBatches.MostRows), .. difference is null ? [] : new[] { difference }],
            cancellationToken
        );
        foreach (var removed in rest[true].Chunk(TableLimits.BatchRows))
            await table.WriteBatchAsync(removed, cancellationToken);
        for (var i = 0; i < batch.Count; i++)
        {
            var (entry, _, _, furtherRows) = batch[i];
            saved[entry.Key.SourceId] = entry with
            {
                Stored = KeyMapRow.StoredAs(entry, etags[positions[i]], furtherRows),
            };
        }

        if (difference is not null)
            await _tally.MergeAsync(partition, cancellationToken);
    }
}
