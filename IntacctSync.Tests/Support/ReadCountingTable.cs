using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Support;

/// <summary>Counts the rows that are read of a table.</summary>
public sealed class ReadCountingTable(ITable inner) : ITable
{
    private int _rows;

    /// <summary>How many rows were answered so far.</summary>
    public int Rows => Volatile.Read(ref _rows);

    /// <summary>Something that happens before a page is read.</summary>
    public Func<TableRange, Task> BeforeQuery { get; set; } = _ => Task.CompletedTask;

    public async Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var row = await inner.GetAsync(partitionKey, rowKey, cancellationToken);
        Interlocked.Add(ref _rows, row is null ? 0 : 1);
        return row;
    }

    public async Task<IReadOnlyDictionary<string, TableRow>> GetManyAsync(
        string partitionKey,
        IReadOnlyCollection<string> rowKeys,
        CancellationToken cancellationToken
    )
    {
        var rows = await inner.GetManyAsync(partitionKey, rowKeys, cancellationToken);
        Interlocked.Add(ref _rows, rows.Count);
        return rows;
    }

    public Task<string> WriteAsync(TableWrite write, CancellationToken cancellationToken) =>
        inner.WriteAsync(write, cancellationToken);

    public Task<IReadOnlyList<string>> WriteBatchAsync(
        IReadOnlyList<TableWrite> writes,
        CancellationToken cancellationToken
    ) => inner.WriteBatchAsync(writes, cancellationToken);

    public async Task<TablePage> QueryAsync(
        TableRange range,
        string? continuation,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        await BeforeQuery(range);
        var page = await inner.QueryAsync(range, continuation, pageSize, cancellationToken);
        Interlocked.Add(ref _rows, page.Rows.Count);
        return page;
    }
}
