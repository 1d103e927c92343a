using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Contracts;

/// <summary>What every table must do. Nothing here asks for more than Azure Tables can give.</summary>
public abstract partial class TableContract : IAsyncLifetime
{
    protected const string Partition = "demo|test";

    protected ITable Table { get; private set; } = null!;

    public async Task InitializeAsync() => Table = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>An empty table.</summary>
    protected abstract Task<ITable> OpenAsync();

    protected static TableRow Row(string rowKey, string text = "", string partition = Partition) =>
        new(partition, rowKey, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Text"] = text });

    protected static TableRow RowWith(string rowKey, params (string Name, object? Value)[] properties) =>
        new(Partition, rowKey, properties.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal));

    protected Task<string> InsertAsync(string rowKey, string text = "") =>
        Table.WriteAsync(TableWrite.Insert(Row(rowKey, text)), CancellationToken.None);

    protected Task<TableRow?> GetAsync(string rowKey) => Table.GetAsync(Partition, rowKey, CancellationToken.None);

    protected async Task<string[]> KeysAsync(TableRange range, int pageSize = 1000) =>
        [.. (await AllAsync(range, pageSize)).Select(row => row.RowKey)];

    protected async Task<List<TableRow>> AllAsync(TableRange range, int pageSize = 1000)
    {
        List<TableRow> rows = [];
        string? continuation = null;
        do
        {
            var page = await Table.QueryAsync(range, continuation, pageSize, CancellationToken.None);
            Assert.InRange(page.Rows.Count, 0, pageSize);
            rows.AddRange(page.Rows);
            continuation = page.Continuation;
        } while (continuation is not null);
        return rows;
    }
}
