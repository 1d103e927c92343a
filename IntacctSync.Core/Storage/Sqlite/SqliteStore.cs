namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>
/// A SQLite file for the table or the queue: reads that wait for nobody, writes that share commits, and errors as
/// exceptions of its user.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="unavailable">Turns an error of the file into the user's own exception.</param>
internal sealed class SqliteStore(SqliteFile file, Func<SqliteFaultException, Exception> unavailable) : IAsyncDisposable
{
    private readonly GroupCommit _writer = new(file);

    /// <summary>How many transactions were committed. Writes that came at the same time share one.</summary>
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
