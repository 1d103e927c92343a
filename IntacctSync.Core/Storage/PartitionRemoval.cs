namespace IntacctSync.Core.Storage;

/// <summary>Removes whole partitions.</summary>
internal static class PartitionRemoval
{
    /// <summary>Removes every row of the partition. A removal that was broken off can be asked for again.</summary>
    public static async Task RemoveAsync(this ITable table, string partition, CancellationToken cancellationToken)
    {
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(
                new TableRange(partition),
                continuation,
                TableLimits.BatchRows,
                cancellationToken
            );
            if (page.Rows.Count > 0)
                await table.WriteBatchAsync(
                    [.. page.Rows.Select(row => TableWrite.DeleteIfThere(partition, row.RowKey))],
                    cancellationToken
                );
            continuation = page.Continuation;
        } while (continuation is not null);
    }
}
