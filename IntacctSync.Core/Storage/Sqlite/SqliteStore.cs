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
    private volatile string? _damage;

    /// <summary>
    /// The first read or write that met a damaged page, until the process ends: others may go well and say nothing
    /// about it.
    /// </summary>
    public string? Damage => _damage;

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
            return Task.FromException<T>(Told(fault));
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
            throw Told(fault);
        }
    }

    /// <summary>
    /// Makes the file anew from what it holds and empties its write-ahead log, so that nothing is left in either of
    /// what was deleted. Writes wait meanwhile; reads do not.
    /// </summary>
    /// <exception cref="SqliteFaultException">As the store's users are told: also where a reader would not make
    /// way.</exception>
    public async Task EraseDeletedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _writer.AloneAsync(EraseDeleted, cancellationToken);
        }
        catch (SqliteFaultException fault)
        {
            throw Told(fault);
        }
    }

    /// <remarks>
    /// VACUUM leaves out what is free in the file, and the copies that a page keeps of what was moved to another one.
    /// It goes through the write-ahead log, which is therefore emptied after it (sqlite.org/lang_vacuum.html,
    /// sqlite.org/pragma.html, wal_checkpoint).
    /// </remarks>
    private void EraseDeleted(SqliteDatabase database)
    {
        database.Execute("VACUUM");
        if (database.Integer("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
            throw new SqliteFaultException(
                file.Path,
                SQLitePCL.raw.SQLITE_BUSY,
                "its write-ahead log could not be emptied, as somebody was reading"
            );
    }

    private Exception Told(SqliteFaultException fault)
    {
        if (fault.Code is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
            _damage ??= fault.Message;
        return unavailable(fault);
    }

    /// <summary>Finishes the writes that were handed over, then closes the file.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
