namespace IntacctSync.Core.Storage;

/// <summary>
/// The one storage port: rows addressed by partition and row key, every change conditional on the row's ETag. Its
/// semantics are those of Azure Tables, so that no code can rely on more.
/// </summary>
/// <remarks>
/// Keys are made by <see cref="TableKey"/>; an implementation may refuse others. A write has reached the disk (or the
/// service has acknowledged it) when its task completes. Reads of a partition are in ordinal order of the row key.
/// Every call may throw <see cref="TableUnavailableException"/> where trying again later may help.
/// </remarks>
public interface ITable
{
    /// <summary>
    /// What was found damaged since the start, wherever it was found; null where nothing was. A service that keeps its
    /// own disks tells nothing here.
    /// </summary>
    string? Damage => null;

    /// <returns>The row, or null where there is none.</returns>
    Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>Reads many rows of one partition at once.</summary>
    /// <returns>The rows that exist, by row key.</returns>
    Task<IReadOnlyDictionary<string, TableRow>> GetManyAsync(
        string partitionKey,
        IReadOnlyCollection<string> rowKeys,
        CancellationToken cancellationToken
    );

    /// <returns>The new ETag.</returns>
    /// <exception cref="TableConflictException">The row exists, or is not there, or has changed since it was
    /// read.</exception>
    Task<string> WriteAsync(TableWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Carries out up to <see cref="TableLimits.BatchRows"/> writes on different rows of one partition: all of them or
    /// none.
    /// </summary>
    /// <returns>The new ETags, in the order of the writes; empty for a delete.</returns>
    /// <exception cref="TableConflictException">A row refused; <see cref="TableConflictException.Index"/> says
    /// which.</exception>
    Task<IReadOnlyList<string>> WriteBatchAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken);

    /// <summary>
    /// One page of the rows of a range. A page may be short, or even empty, and still have a continuation.
    /// </summary>
    Task<TablePage> QueryAsync(
        TableRange range,
        string? continuation,
        int pageSize,
        CancellationToken cancellationToken
    );
}

/// <summary>Rows of one partition, by ordinal order of their keys.</summary>
/// <param name="PartitionKey">The partition.</param>
/// <param name="From">The first row key that belongs, or null for the beginning.</param>
/// <param name="Before">The first row key that no longer belongs, or null for the end.</param>
public sealed record TableRange(string PartitionKey, string? From = null, string? Before = null)
{
    /// <summary>The rows whose key begins with <paramref name="prefix"/>, which must not be empty.</summary>
    public static TableRange Prefix(string partitionKey, string prefix) =>
        new(partitionKey, prefix, prefix[..^1] + (char)(prefix[^1] + 1));
}

/// <summary>Some rows, and where the next ones begin; null when there are no more.</summary>
public sealed record TablePage(IReadOnlyList<TableRow> Rows, string? Continuation);
