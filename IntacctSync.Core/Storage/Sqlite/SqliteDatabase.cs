using SQLitePCL;

namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>One open connection to a database file with its prepared statements. For one thread at a time.</summary>
/// <remarks>
/// SQLite's own calls are used rather than ADO.NET, for two reasons: a result code decides what becomes of all writes
/// of a transaction, and SQLite itself waits for locks, so that no thread has to sleep.
/// </remarks>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly string _path;
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, sqlite3_stmt> _statements = new(StringComparer.Ordinal);

    static SqliteDatabase() => Batteries_V2.Init();

    /// <exception cref="SqliteFaultException">The file can't be opened.</exception>
    public SqliteDatabase(string path, TimeSpan busyTimeout)
    {
        _path = path;
        var result = raw.sqlite3_open_v2(path, out _handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        if (result != raw.SQLITE_OK)
        {
            var fault = new SqliteFaultException(path, result, raw.sqlite3_errstr(result).utf8_to_string());
            _handle.Dispose();
            throw fault;
        }

        _ = raw.sqlite3_extended_result_codes(_handle, 1);
        _ = raw.sqlite3_busy_timeout(_handle, (int)busyTimeout.TotalMilliseconds);
    }

    /// <summary>Runs a statement without rows, with its values bound to <c>?1</c> and on.</summary>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteFaultException">SQLite refused.</exception>
    public int Execute(string sql, params ReadOnlySpan<SqliteValue> values)
    {
        using var rows = Query(sql, values);
        while (rows.Next())
        {
            // A PRAGMA may answer with a row where none is wanted.
        }

        return raw.sqlite3_changes(_handle);
    }

    /// <summary>Runs a statement whose first row is one integer.</summary>
    /// <returns>Null without a row, and for NULL.</returns>
    public long? Integer(string sql, params ReadOnlySpan<SqliteValue> values)
    {
        using var rows = Query(sql, values);
        return rows.Next() && !rows.IsNull(0) ? rows.Integer(0) : null;
    }

    /// <summary>Starts a statement. It must be read and disposed before the same text is run again.</summary>
    public SqliteRows Query(string sql, params ReadOnlySpan<SqliteValue> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v2(_handle, sql, out statement));
            _statements.Add(sql, statement);
        }

        for (var i = 0; i < values.Length; i++)
            Check(Bind(statement, i + 1, values[i]));
        return new SqliteRows(this, statement);
    }

    /// <summary>
    /// Copies the whole database into a file that is made for its owner only. Within a transaction, it is the state
    /// that the transaction sees.
    /// </summary>
    /// <exception cref="SqliteFaultException">SQLite refused.</exception>
    /// <exception cref="IOException">The file is there already, or can't be made.</exception>
    public void CopyTo(string path)
    {
        var made = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            made.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, made).Close();
        using var target = new SqliteDatabase(path, TimeSpan.Zero);
        using (var copy = raw.sqlite3_backup_init(target._handle, "main", _handle, "main"))
        {
            if (copy.IsInvalid)
                throw target.Fault(raw.sqlite3_errcode(target._handle));
            var result = raw.sqlite3_backup_step(copy, -1);
            if (result != raw.SQLITE_DONE)
                throw new SqliteFaultException(path, result, raw.sqlite3_errstr(result).utf8_to_string());
        }

        // The copy of a write-ahead log's file would ask for a folder that can be written to.
        target.Execute("PRAGMA journal_mode = DELETE");
    }

    internal bool Step(sqlite3_stmt statement) =>
        raw.sqlite3_step(statement) switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            var refused => throw Fault(refused),
        };

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _handle.Dispose();
    }

    private static int Bind(sqlite3_stmt statement, int index, SqliteValue value) =>
        value switch
        {
            { Text: { } text } => raw.sqlite3_bind_text(statement, index, text),
            { Bytes: { } bytes } => raw.sqlite3_bind_blob(statement, index, bytes),
            { Integer: { } integer } => raw.sqlite3_bind_int64(statement, index, integer),
            _ => raw.sqlite3_bind_null(statement, index),
        };

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Fault(result);
    }

    private SqliteFaultException Fault(int result) => new(_path, result, raw.sqlite3_errmsg(_handle).utf8_to_string());
}
