using System.Collections.Concurrent;
using SQLitePCL;

namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>
/// A database file that is made when it is first needed: its folder, its schema, its modes, and its pool of readers.
/// </summary>
/// <param name="path">The file; its folder is made if need be. What is made here, only its owner may read (0700,
/// 0600).</param>
/// <param name="schemaVersion">Kept in the file; a file of a later version is refused.</param>
/// <param name="schema">Statements that make the schema where it is missing.</param>
/// <param name="busyTimeout">How long to wait for another process's lock.</param>
internal sealed class SqliteFile(string path, int schemaVersion, IReadOnlyList<string> schema, TimeSpan busyTimeout)
    : IDisposable
{
    private readonly ConcurrentBag<SqliteDatabase> _readers = [];
    private readonly Lock _gate = new();
    private bool _prepared;
    private volatile bool _disposed;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>A connection for the one who writes: each commit has reached the disk when it returns.</summary>
    /// <exception cref="SqliteFaultException">The file can't be made or opened.</exception>
    public SqliteDatabase OpenWriter()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var database = Open();
            try
            {
                if (!_prepared)
                    Prepare(database);
                _prepared = true;
                return database;
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
    }

    /// <summary>
    /// Reads on a connection of the pool. One statement sees one state of the file, and never waits for a writer.
    /// </summary>
    /// <exception cref="SqliteFaultException">SQLite refused.</exception>
    public T Read<T>(Func<SqliteDatabase, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var database = _readers.TryTake(out var pooled) ? pooled : OpenReader();
        try
        {
            var result = read(database);
            GiveBack(database);
            return result;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_readers.TryTake(out var reader))
            reader.Dispose();
    }

    private void GiveBack(SqliteDatabase reader)
    {
        _readers.Add(reader);
        if (_disposed)
            Dispose();
    }

    private SqliteDatabase OpenReader()
    {
        if (!Volatile.Read(ref _prepared))
            OpenWriter().Dispose();
        var database = Open();
        database.Execute("PRAGMA query_only = 1");
        return database;
    }

    private SqliteDatabase Open()
    {
        try
        {
            Create();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new SqliteFaultException(Path, raw.SQLITE_CANTOPEN, refused.Message, refused);
        }

        var database = new SqliteDatabase(Path, busyTimeout);
        database.Execute("PRAGMA synchronous = FULL");
        database.Execute("PRAGMA fullfsync = 1");
        return database;
    }

    private void Create()
    {
        if (File.Exists(Path))
            return;
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            // SQLite gives the files that it makes beside this one the same mode.
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            new FileStream(Path, file).Close();
        }
        catch (IOException) when (File.Exists(Path))
        {
            // Another process made the file meanwhile. It must not be opened here: closing it again would drop this
            // process's locks on it.
        }
    }

    private void Prepare(SqliteDatabase database)
    {
        SwitchToWriteAheadLog(database);
        database.Execute("BEGIN IMMEDIATE");
        var found = database.Integer("PRAGMA user_version") ?? 0;
        if (found > schemaVersion)
        {
            throw new SqliteFaultException(
                Path,
                raw.SQLITE_ERROR,
                $"its schema is version {found}, this program knows up to {schemaVersion}; run the newer "
                    + $"program, or name another file"
            );
        }

        foreach (var statement in schema)
            database.Execute(statement);
        database.Execute(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA user_version = {schemaVersion}")
        );
        database.Execute("COMMIT");
    }

    /// <summary>
    /// If two processes open a new file at once, SQLite refuses the switch to one of them without waiting. SQLite does
    /// wait for the write lock, so this code takes that lock and asks again.
    /// </summary>
    private static void SwitchToWriteAheadLog(SqliteDatabase database)
    {
        const int tries = 100;
        for (var tried = 1; ; tried++)
        {
            try
            {
                database.Execute("PRAGMA journal_mode = WAL");
                return;
            }
            catch (SqliteFaultException busy) when (busy.Code == raw.SQLITE_BUSY && tried < tries)
            {
                database.Execute("BEGIN IMMEDIATE");
                database.Execute("ROLLBACK");
            }
        }
    }
}
