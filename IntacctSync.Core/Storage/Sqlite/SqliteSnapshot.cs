using SQLitePCL;

namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>Copies database files as they all stood at one moment, while other processes go on using them.</summary>
internal static class SqliteSnapshot
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Takes the write locks of all files, so that nobody writes to one after another was read; begins to read each;
    /// and gives the locks back before anything is copied. What is copied is then that moment's state, however long
    /// it takes.
    /// </summary>
    /// <param name="files">Which file goes where. The copies are made for their owner only.</param>
    /// <exception cref="SqliteFaultException">SQLite refused; or a copy is not sound.</exception>
    public static void Copy(IReadOnlyList<(string From, string To)> files)
    {
        var readers = new List<SqliteDatabase>();
        try
        {
            foreach (var (from, _) in files)
                readers.Add(new SqliteDatabase(from, Patience));
            BeginTogether(files, readers);
            for (var i = 0; i < files.Count; i++)
            {
                readers[i].CopyTo(files[i].To);
                readers[i].Execute("ROLLBACK");
                Check(files[i].To);
            }
        }
        finally
        {
            foreach (var reader in readers)
                reader.Dispose();
        }
    }

    /// <summary>Looks through a whole file.</summary>
    /// <exception cref="SqliteFaultException">It is damaged, or no database.</exception>
    public static void Check(string path)
    {
        using var database = new SqliteDatabase(path, Patience);
        using var rows = database.Query("PRAGMA quick_check");
        var found = rows.Next() ? rows.Text(0) : "nothing";
        if (found != "ok")
            throw new SqliteFaultException(path, raw.SQLITE_CORRUPT, $"it is damaged: {found}");
    }

    private static void BeginTogether(IReadOnlyList<(string From, string To)> files, List<SqliteDatabase> readers)
    {
        var writers = new List<SqliteDatabase>();
        try
        {
            foreach (var (from, _) in files)
            {
                var writer = new SqliteDatabase(from, Patience);
                writers.Add(writer);
                writer.Execute("BEGIN IMMEDIATE");
            }

            foreach (var reader in readers)
            {
                reader.Execute("BEGIN");
                // A transaction begins to read with its first statement.
                reader.Integer("SELECT count(*) FROM sqlite_schema");
            }
        }
        finally
        {
            foreach (var writer in writers)
                writer.Dispose();
        }
    }
}
