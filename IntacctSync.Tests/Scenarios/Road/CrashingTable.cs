using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>A table over which the process can die just before or just after each write.</summary>
internal sealed class CrashingTable(ITable inner, CrashSwitch crash, Wire wire) : ITable
{
    public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        crash.ThrowIfDead();
        return wire.StoringAsync(() => inner.GetAsync(partitionKey, rowKey, cancellationToken));
    }

    public Task<IReadOnlyDictionary<string, TableRow>> GetManyAsync(
        string partitionKey,
        IReadOnlyCollection<string> rowKeys,
        CancellationToken cancellationToken
    )
    {
        crash.ThrowIfDead();
        return wire.StoringAsync(() => inner.GetManyAsync(partitionKey, rowKeys, cancellationToken));
    }

    public async Task<string> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        crash.Step($"before writing {write.Row.PartitionKey}/{write.Row.RowKey}");
        var etag = await wire.StoringAsync(() => inner.WriteAsync(write, cancellationToken));
        crash.Step($"after writing {write.Row.PartitionKey}/{write.Row.RowKey}");
        return etag;
    }

    public async Task<IReadOnlyList<string>> WriteBatchAsync(
        IReadOnlyList<TableWrite> writes,
        CancellationToken cancellationToken
    )
    {
        crash.Step($"before writing {writes.Count} rows of {writes[0].Row.PartitionKey}");
        var etags = await wire.StoringAsync(() => inner.WriteBatchAsync(writes, cancellationToken));
        crash.Step($"after writing {writes.Count} rows of {writes[0].Row.PartitionKey}");
        return etags;
    }

    public Task<TablePage> QueryAsync(
        TableRange range,
        string? continuation,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        crash.ThrowIfDead();
        return wire.StoringAsync(() => inner.QueryAsync(range, continuation, pageSize, cancellationToken));
    }
}
