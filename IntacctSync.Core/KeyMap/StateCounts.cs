using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// How many records of a flow are in each state, kept as they change. Table storage can't count, and a total that every
/// batch of writes replaced would have them wait for each other: so each batch that moves records from one state to
/// another adds a row with the difference, and the differences are added to the total now and then.
/// </summary>
/// <remarks>
/// A flow without a total has not been counted yet: its records were stored by a program that kept no counts.
/// <see cref="CountingPass"/> makes the total.
/// </remarks>
internal static class StateCounts
{
    private const string TotalKey = "k|total";
    private const string DifferencePrefix = "k|d|";

    /// <summary>All rows of the counts, the total among them.</summary>
    public static TableRange Rows(string partition) => TableRange.Prefix(partition, "k|");

    /// <summary>The row by which a batch of writes tells what it changes in the counts; null where nothing.</summary>
    /// <remarks>
    /// Its name is made of a row that the batch replaces and of what that row is replaced in, so no two batches that
    /// are carried out share one.
    /// </remarks>
    public static TableWrite? DifferenceOf(string partition, IReadOnlyList<KeyMapEntry> entries)
    {
        var counts = new Dictionary<RecordState, int>();
        foreach (var entry in entries.Where(entry => entry.Stored?.State != entry.State))
        {
            counts[entry.State] = counts.GetValueOrDefault(entry.State) + 1;
            if (entry.Stored is { } stored)
                counts[stored.State] = counts.GetValueOrDefault(stored.State) - 1;
        }

        if (counts.Values.All(count => count == 0))
            return null;
        var name = ShortHash.Of($"{entries[0].Key.SourceId}\n{entries[0].Stored?.ETag}", 24);
        return TableWrite.Upsert(Row(partition, DifferencePrefix + name, counts));
    }

    public static TableWrite Total(string partition, IReadOnlyDictionary<RecordState, int> counts, string? etag)
    {
        var row = Row(partition, TotalKey, counts);
        return etag is null ? TableWrite.Insert(row) : TableWrite.Replace(row, etag);
    }

    public static bool IsTotal(TableRow row) => row.RowKey == TotalKey;

    public static Task<TableRow?> TotalAsync(
        this ITable table,
        string partition,
        CancellationToken cancellationToken
    ) => table.GetAsync(partition, TotalKey, cancellationToken);

    /// <summary>Adds differences to the total, as many as a batch holds.</summary>
    /// <returns>True when there are more; false when there are none, no total, or somebody else is at it.</returns>
    public static async Task<bool> MergeAsync(ITable table, string partition, CancellationToken cancellationToken)
    {
        var page = await table.QueryAsync(Rows(partition), null, TableLimits.BatchRows, cancellationToken);
        var total =
            page.Rows.FirstOrDefault(IsTotal)
            ?? (page.Continuation is null ? null : await table.TotalAsync(partition, cancellationToken));
        List<TableRow> differences = [.. page.Rows.Where(row => !IsTotal(row)).Take(TableLimits.BatchRows - 1)];
        if (total is null || differences.Count == 0)
            return false;
        try
        {
            await table.WriteBatchAsync(
                [
                    Total(partition, Sum([total, .. differences]), total.ETag),
                    .. differences.Select(row => TableWrite.Delete(partition, row.RowKey, row.ETag)),
                ],
                cancellationToken
            );
            return page.Continuation is not null;
        }
        catch (TableConflictException)
        {
            return false;
        }
    }

    /// <summary>All of them added up.</summary>
    public static Dictionary<RecordState, int> Sum(IEnumerable<TableRow> rows)
    {
        var sums = new Dictionary<RecordState, int>();
        foreach (var row in rows)
        {
            foreach (var state in Enum.GetValues<RecordState>())
                sums[state] = sums.GetValueOrDefault(state) + (int)(row.Integer(state.ToString()) ?? 0);
        }

        return sums;
    }

    private static TableRow Row(string partition, string key, IReadOnlyDictionary<RecordState, int> counts) =>
        new(
            partition,
            key,
            counts
                .Where(count => count.Value != 0)
                .ToDictionary(count => count.Key.ToString(), object? (count) => count.Value, StringComparer.Ordinal)
        );
}
