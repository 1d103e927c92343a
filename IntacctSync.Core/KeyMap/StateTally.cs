using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>When the counts of a flow are begun, and when the differences are added to their total.</summary>
internal sealed class StateTally(ITable table)
{
    /// <summary>How many batches may tell what they changed in the counts until that is added to their total.</summary>
    private const int MergedTogether = 50;

    /// <summary>By partition, how many did since; one that is not here may not have a total.</summary>
    private readonly ConcurrentDictionary<string, int> _differences = new(StringComparer.Ordinal);

    /// <summary>
    /// What is remembered of a connection whose records were removed: one of the same name begins its counts anew.
    /// </summary>
    public void Forget(ConnectionId connection)
    {
        var prefix = KeyMapRow.Partitions(connection);
        foreach (var partition in _differences.Keys.Where(p => p.StartsWith(prefix, StringComparison.Ordinal)))
            _differences.TryRemove(partition, out _);
    }

    /// <summary>A flow that has no records yet has none in any state: from here on its counts are kept.</summary>
    public async Task BeginAsync(SyncKey first, CancellationToken cancellationToken)
    {
        var partition = KeyMapRow.Partition(first.Connection, first.Flow);
        if (_differences.ContainsKey(partition))
            return;
        if (
            await table.TotalAsync(partition, cancellationToken) is null
            && (await table.QueryAsync(KeyMapRow.Entries(partition, ""), null, 1, cancellationToken)).Rows.Count == 0
        )
        {
            try
            {
                var none = new Dictionary<RecordState, int>();
                await table.WriteAsync(StateCounts.Total(partition, none, etag: null), cancellationToken);
            }
            catch (TableConflictException)
            {
                // Somebody else has begun them.
            }
        }

        _differences.TryAdd(partition, 0);
    }

    /// <summary>A batch has told what it changed: now and then all that was told is added to the total.</summary>
    public async Task MergeAsync(string partition, CancellationToken cancellationToken)
    {
        if (_differences.AddOrUpdate(partition, 1, (_, told) => told + 1) < MergedTogether)
            return;
        _differences[partition] = 0;
        try
        {
            await StateCounts.MergeAsync(table, partition, cancellationToken);
        }
        catch (TableUnavailableException)
        {
            // What was to be saved is; the counts are as right as before.
        }
    }
}
