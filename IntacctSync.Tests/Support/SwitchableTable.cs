using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Support;

/// <summary>A table that does not answer while it is switched off.</summary>
public sealed class SwitchableTable(ITable inner) : ITable
{
    public bool Down { get; set; }

    /// <summary>Whether it answers reads and refuses writes, as with a full disk.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Whether it takes each read and never answers it, also not where the caller has gone.</summary>
    public bool Hangs { get; set; }

    /// <summary>What it says meanwhile.</summary>
    public string Why { get; set; } = "The store's disk is full.";

    public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        Hangs ? new TaskCompletionSource<TableRow?>().Task : Inner().GetAsync(partitionKey, rowKey, cancellationToken);

    public Task<IReadOnlyDictionary<string, TableRow>> GetManyAsync(
        string partitionKey,
        IReadOnlyCollection<string> rowKeys,
        CancellationToken cancellationToken
    ) => Inner().GetManyAsync(partitionKey, rowKeys, cancellationToken);

    public Task<string> WriteAsync(TableWrite write, CancellationToken cancellationToken) =>
        ForWriting().WriteAsync(write, cancellationToken);

    public Task<IReadOnlyList<string>> WriteBatchAsync(
        IReadOnlyList<TableWrite> writes,
        CancellationToken cancellationToken
    ) => ForWriting().WriteBatchAsync(writes, cancellationToken);

    public Task<TablePage> QueryAsync(
        TableRange range,
        string? continuation,
        int pageSize,
        CancellationToken cancellationToken
    ) => Inner().QueryAsync(range, continuation, pageSize, cancellationToken);

    private ITable ForWriting() => ReadOnly ? throw new TableUnavailableException(Why) : Inner();

    private ITable Inner() => Down ? throw new TableUnavailableException(Why) : inner;
}
