using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>Makes entries from their rows. A large intent has further rows.</summary>
internal static class EntryReader
{
    private const int Tries = 5;

    /// <returns>The entries, in the order of the rows; without those that were removed meanwhile.</returns>
    /// <exception cref="TableUnavailableException">An entry changes faster than it can be read.</exception>
    public static async Task<IReadOnlyList<KeyMapEntry>> ReadAsync(
        this ITable table,
        ConnectionId connection,
        FlowName flow,
        IReadOnlyCollection<TableRow> rows,
        CancellationToken cancellationToken
    )
    {
        string[] keys = [.. rows.SelectMany(StoredFunction.Keys)];
        var further =
            keys.Length == 0
                ? new Dictionary<string, TableRow>(StringComparer.Ordinal)
                : await table.GetManyAsync(KeyMapRow.Partition(connection, flow), keys, cancellationToken);
        var entries = new List<KeyMapEntry>(rows.Count);
        foreach (var row in rows)
        {
            var entry = StoredFunction.Keys(row).All(further.ContainsKey)
                ? KeyMapRow.Read(connection, flow, row, [.. StoredFunction.Keys(row).Select(key => further[key])])
                : await AgainAsync(table, connection, flow, row, cancellationToken);
            if (entry is not null)
                entries.Add(entry);
        }

        return entries;
    }

    /// <summary>The intent was replaced between the two readings, so the entry is read again.</summary>
    private static async Task<KeyMapEntry?> AgainAsync(
        ITable table,
        ConnectionId connection,
        FlowName flow,
        TableRow changed,
        CancellationToken cancellationToken
    )
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (await table.GetAsync(changed.PartitionKey, changed.RowKey, cancellationToken) is not { } row)
                return null;
            var keys = StoredFunction.Keys(row);
            var further = await table.GetManyAsync(row.PartitionKey, [.. keys], cancellationToken);
            if (further.Count == keys.Count)
                return KeyMapRow.Read(connection, flow, row, [.. keys.Select(key => further[key])]);
        }

        throw new TableUnavailableException(
            $"Row '{changed.RowKey}' of partition '{changed.PartitionKey}' changes faster than it can be read, or rows "
                + $"that belong to it are missing."
        );
    }
}
