using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Support;

/// <summary>A table whose writes a test looks at, delays or refuses before they are made.</summary>
public sealed class InterposedTable(ITable inner, Func<TableWrite, CancellationToken, Task> beforeWrite) : ITable
{
    public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        inner.GetAsync(partitionKey, rowKey, cancellationToken);

    public Task<IReadOnlyDictionary<string, TableRow>> GetManyAsync(
        string partitionKey,
        IReadOnlyCollection<string> rowKeys,
        CancellationToken cancellationToken
    ) => inner.GetManyAsync(partitionKey, rowKeys, cancellationToken);

    public async Task<string> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        await beforeWrite(write, cancellationToken);
        return await inner.WriteAsync(write, cancellationToken);
    }

    public Task<IReadOnlyList<string>> WriteBatchAsync(
        IReadOnlyList<TableWrite> writes,
        CancellationToken cancellationToken
    ) => inner.WriteBatchAsync(writes, cancellationToken);

    public Task<TablePage> QueryAsync(
        TableRange range,
        string? continuation,
        int pageSize,
        CancellationToken cancellationToken
    ) => inner.QueryAsync(range, continuation, pageSize, cancellationToken);
}
