namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>
/// A SQLite file as its users need it: reads that wait for nobody, writes that share commits, and its faults as theirs.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="unavailable">What a fault of the file means to the user.</param>
internal sealed class SqliteStore(SqliteFile file, Func<SqliteFaultException, Exception> unavailable) : IAsyncDisposable
{
    private readonly GroupCommit _writer = new(file);

    /// <summary>How many transactions were committed: fewer than the writes where these came together.</summary>
    public long Commits => _writer.Commits;

    public Task<T> Read<T>(Func<SqliteDatabase, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        try
        {
            return Task.FromResult(file.Read(read));
        }
        catch (SqliteFaultException fault)
        {
            return Task.FromException<T>(unavailable(fault));
        }
    }

    public async Task<T> Write<T>(Func<SqliteDatabase, T> write, CancellationToken cancellationToken)
    {
        try
        {
            return await _writer.WriteAsync(write, cancellationToken);
        }
        catch (SqliteFaultException fault)
        {
            throw unavailable(fault);
        }
    }

    /// <summary>Finishes the writes that were handed over, then closes the file.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
