using SQLitePCL;

namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>The rows of a running statement, read forward; disposing it gives the statement back.</summary>
internal readonly struct SqliteRows(SqliteDatabase database, sqlite3_stmt statement) : IDisposable
{
    public bool Next() => database.Step(statement);

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public DateTimeOffset Time(int column) => new(Integer(column), TimeSpan.Zero);

    /// <summary>Valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    /// <remarks>A reset repeats the error of the last step, which was thrown already; so it is ignored.</remarks>
    public void Dispose()
    {
        _ = raw.sqlite3_reset(statement);
        _ = raw.sqlite3_clear_bindings(statement);
    }
}
