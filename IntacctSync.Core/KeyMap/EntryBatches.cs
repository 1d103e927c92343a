using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>The writes of several entries, cut into batches that a table takes.</summary>
internal static class EntryBatches
{
    /// <summary>A batch has one row fewer for entries: the last row holds the change in the counts.</summary>
    public const int MostRows = TableLimits.BatchRows - 1;

    /// <summary>As many in a batch as its rows and bytes allow.</summary>
    public static IEnumerable<IReadOnlyList<EntryWrites>> Of(IEnumerable<EntryWrites> entries)
    {
        var batch = new List<EntryWrites>();
        var rows = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0L;
        foreach (var entry in entries)
        {
            // If one entry gives up a counterpart and another takes it, both write the same index row, which a batch
            // may hold only once.
            var needed = entry.Writes.Select(write => write.Row.RowKey).ToList();
            if (
                batch.Count > 0
                && (
                    rows.Count + needed.Count > MostRows
                    || bytes + entry.Size > TableLimits.BatchBytes
                    || rows.Overlaps(needed)
                )
            )
            {
                yield return batch;
                batch = [];
                rows.Clear();
                bytes = 0;
            }

            batch.Add(entry);
            rows.UnionWith(needed);
            bytes += entry.Size;
        }

        if (batch.Count > 0)
            yield return batch;
    }
}
