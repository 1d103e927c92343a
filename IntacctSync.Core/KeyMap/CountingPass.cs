using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// Counts the records of a flow anew, by reading all of them, and mends the rows by which they are listed. Each night
/// it corrects what is off; and it makes the counts of a flow that was stored by a program that kept none.
/// </summary>
/// <param name="table">Where they are.</param>
public sealed class CountingPass(ITable table)
{
    private const int ScanPage = 500;
    private const int Tries = 3;

    /// <summary>
    /// A count during which a record changed its state is made again, a few times. After that the counts stay as they
    /// are kept, if there are any.
    /// </summary>
    public async Task RunAsync(ConnectionId connection, FlowName flow, CancellationToken cancellationToken)
    {
        var partition = KeyMapRow.Partition(connection, flow);
        await RemoveAsync(KeyMapRow.FormerPersons(partition), cancellationToken);
        for (var tries = 1; tries <= Tries; tries++)
        {
            await MergeAsync(partition, cancellationToken);
            var before = await RowsAsync(StateCounts.Rows(partition), cancellationToken);
            var counted = await CountAsync(connection, flow, cancellationToken);
            var after = await RowsAsync(StateCounts.Rows(partition), cancellationToken);
            var isExact = after.Select(Identity).SequenceEqual(before.Select(Identity));
            var isNeeded = tries == Tries && !before.Exists(StateCounts.IsTotal);
            if ((isExact || isNeeded) && await StoreAsync(partition, counted, before, cancellationToken))
                return;
        }
    }

    /// <summary>Leaves so few rows of counts that one batch can put a new total in their place.</summary>
    private async Task MergeAsync(string partition, CancellationToken cancellationToken)
    {
        // Without a total the differences say nothing: what they tell of is in the rows that will be counted.
        if (await table.TotalAsync(partition, cancellationToken) is null)
            await RemoveAsync(StateCounts.Rows(partition), cancellationToken);
        else
            while (await StateCounts.MergeAsync(table, partition, cancellationToken)) { }
    }

    /// <returns>False when somebody else has changed the total, or merged a difference into it.</returns>
    private async Task<bool> StoreAsync(
        string partition,
        IReadOnlyDictionary<RecordState, int> counted,
        List<TableRow> before,
        CancellationToken cancellationToken
    )
    {
        var total = before.Find(StateCounts.IsTotal);
        var differences = before.Where(row => !StateCounts.IsTotal(row)).Take(TableLimits.BatchRows - 1);
        try
        {
            await table.WriteBatchAsync(
                [
                    StateCounts.Total(partition, counted, total?.ETag),
                    .. differences.Select(row => TableWrite.Delete(partition, row.RowKey, row.ETag)),
                ],
                cancellationToken
            );
            return true;
        }
        catch (TableConflictException)
        {
            return false;
        }
    }

    private async Task<Dictionary<RecordState, int>> CountAsync(
        ConnectionId connection,
        FlowName flow,
        CancellationToken cancellationToken
    )
    {
        var partition = KeyMapRow.Partition(connection, flow);
        var listed = (await RowsAsync(KeyMapRow.States(partition), cancellationToken)).ToDictionary(
            row => row.RowKey,
            StringComparer.Ordinal
        );
        var counts = new Dictionary<RecordState, int>();
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(
                KeyMapRow.Entries(partition, ""),
                continuation,
                ScanPage,
                cancellationToken
            );
            var unlisted = new List<TableRow>();
            foreach (var row in page.Rows)
            {
                if (KeyMapRow.State(row) is not { } state)
                    continue;
                counts[state] = counts.GetValueOrDefault(state) + 1;
                if (!listed.Remove(KeyMapRow.StateKeyOf(row, state)))
                    unlisted.Add(row);
            }

            var entries = await table.ReadAsync(connection, flow, unlisted, cancellationToken);
            foreach (var rows in entries.Select(KeyMapRow.StateWrite).Chunk(TableLimits.BatchRows))
                await table.WriteBatchAsync(rows, cancellationToken);
            continuation = page.Continuation;
        } while (continuation is not null);

        foreach (var row in listed.Values)
            await TryDeleteAsync(row, cancellationToken);
        return counts;
    }

    /// <summary>A row that was written anew meanwhile is true again, and stays.</summary>
    private async Task TryDeleteAsync(TableRow row, CancellationToken cancellationToken)
    {
        try
        {
            await table.WriteAsync(TableWrite.Delete(row.PartitionKey, row.RowKey, row.ETag), cancellationToken);
        }
        catch (TableConflictException)
        {
            // It changed.
        }
    }

    private async Task RemoveAsync(TableRange range, CancellationToken cancellationToken)
    {
        foreach (var rows in (await RowsAsync(range, cancellationToken)).Chunk(TableLimits.BatchRows))
            await table.WriteBatchAsync(
                [.. rows.Select(row => TableWrite.DeleteIfThere(row.PartitionKey, row.RowKey))],
                cancellationToken
            );
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

    private static (string, string) Identity(TableRow row) => (row.RowKey, row.ETag);
}
