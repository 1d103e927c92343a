using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>A table over which the process can die just before or just after each write.</summary>
internal sealed class CrashingTable(ITable inner, CrashSwitch crash) : ITable
{
    public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        crash.ThrowIfDead();
        return inner.GetAsync(partitionKey, rowKey, cancellationToken);
    }

    public Task<IReadOnlyDictionary<string, TableRow>> GetManyAsync(
        string partitionKey, IReadOnlyCollection<string> rowKeys, CancellationToken cancellationToken)
    {
        crash.ThrowIfDead();
        return inner.GetManyAsync(partitionKey, rowKeys, cancellationToken);
    }

    public async Task<string> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        crash.Step($"before writing {write.Row.PartitionKey}/{write.Row.RowKey}");
        var etag = await inner.WriteAsync(write, cancellationToken);
        crash.Step($"after writing {write.Row.PartitionKey}/{write.Row.RowKey}");
        return etag;
    }

    public async Task<IReadOnlyList<string>> WriteBatchAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        crash.Step($"before writing {writes.Count} rows of {writes[0].Row.PartitionKey}");
        var etags = await inner.WriteBatchAsync(writes, cancellationToken);
        crash.Step($"after writing {writes.Count} rows of {writes[0].Row.PartitionKey}");
        return etags;
    }

    public Task<TablePage> QueryAsync(TableRange range, string? continuation, int pageSize, CancellationToken cancellationToken)
    {
        crash.ThrowIfDead();
        return inner.QueryAsync(range, continuation, pageSize, cancellationToken);
    }
}
