using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>Rows in one SQLite file, which several processes may share.</summary>
/// <remarks>
/// A write is on the disk when its task completes (write-ahead log, <c>synchronous=FULL</c>); writes that wait at the
/// same time share one commit. A read sees one state of the file and waits for nobody. The file is made when it is
/// first used.
/// </remarks>
public sealed class SqliteTable : ITable, IAsyncDisposable
{
    private const int MaxPageRows = 1000;
    private const int MaxPageBytes = 4 * 1024 * 1024;

    /// <summary>Greater than every key, since keys are ASCII.</summary>
    private const string AfterAllKeys = "\u0080";

    private static readonly string[] Schema =
    [
        """
            CREATE TABLE IF NOT EXISTS rows (
                id INTEGER PRIMARY KEY,
                partition TEXT NOT NULL,
                row TEXT NOT NULL,
                etag INTEGER NOT NULL,
                body BLOB NOT NULL,
                UNIQUE (partition, row))
            """,
        "CREATE TABLE IF NOT EXISTS last_etag (value INTEGER NOT NULL)",
        "INSERT INTO last_etag SELECT 0 WHERE NOT EXISTS (SELECT * FROM last_etag)",
    ];

    private readonly SqliteStore _store;

    /// <param name="path">The file; it and its folder are made when first used, readable by their owner only.</param>
    /// <param name="busyTimeout">How long to wait for another process's lock; 10 seconds unless told.</param>
    public SqliteTable(string path, TimeSpan? busyTimeout = null) =>
        _store = new SqliteStore(
            new SqliteFile(path, 1, Schema, busyTimeout ?? TimeSpan.FromSeconds(10)),
            fault => new TableUnavailableException(fault.Message, fault)
        );

    /// <summary>How many transactions were committed. Writes that came at the same time share one.</summary>
    internal long Commits => _store.Commits;

    public string? Damage => _store.Damage;

    /// <summary>
    /// Leaves nothing in the file and in its write-ahead log of rows that were removed. Writes wait meanwhile.
    /// </summary>
    public Task EraseDeletedAsync(CancellationToken cancellationToken) => _store.EraseDeletedAsync(cancellationToken);

    public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        TableRules.CheckKey(partitionKey);
        TableRules.CheckKey(rowKey);
        return _store.Read(
            database =>
            {
                using var rows = database.Query(
                    "SELECT row, etag, body FROM rows WHERE partition = ?1 AND row = ?2",
                    partitionKey,
                    rowKey
                );
                return rows.Next() ? RowOf(partitionKey, rows) : null;
            },
            cancellationToken
        );
    }

    public Task<IReadOnlyDictionary<string, TableRow>> GetManyAsync(
        string partitionKey,
        IReadOnlyCollection<string> rowKeys,
        CancellationToken cancellationToken
    )
    {
        TableRules.CheckKey(partitionKey);
        foreach (var key in rowKeys)
            TableRules.CheckKey(key);
        return _store.Read<IReadOnlyDictionary<string, TableRow>>(
            database =>
            {
                const string sql =
                    "SELECT row, etag, body FROM rows WHERE partition = ?1 AND row IN (SELECT value FROM "
                    + "json_each(?2))";
                var found = new Dictionary<string, TableRow>(rowKeys.Count, StringComparer.Ordinal);
                using var rows = database.Query(sql, partitionKey, JsonSerializer.Serialize(rowKeys));
                while (rows.Next())
                    found.Add(rows.Text(0), RowOf(partitionKey, rows));
                return found;
            },
            cancellationToken
        );
    }

    public Task<TablePage> QueryAsync(
        TableRange range,
        string? continuation,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        TableRules.CheckKey(range.PartitionKey);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize);
        var from = continuation is null ? range.From ?? "" : Continuation.Read(continuation);
        var limit = Math.Min(pageSize, MaxPageRows);
        return _store.Read(
            database =>
            {
                const string sql =
                    "SELECT row, etag, body FROM rows WHERE partition = ?1 AND row >= ?2 AND row < ?3 ORDER BY "
                    + "row LIMIT ?4";
                var page = new List<TableRow>();
                var bytes = 0L;
                using var rows = database.Query(
                    sql,
                    range.PartitionKey,
                    from,
                    range.Before ?? AfterAllKeys,
                    limit + 1L
                );
                while (rows.Next())
                {
                    if (page.Count == limit || bytes > MaxPageBytes)
                        return new TablePage(page, Continuation.At(rows.Text(0)));
                    bytes += rows.Bytes(2).Length;
                    page.Add(RowOf(range.PartitionKey, rows));
                }

                return new TablePage(page, null);
            },
            cancellationToken
        );
    }

    public async Task<string> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        TableRules.Check(write);
        var prepared = new SqliteTableWrite(write);
        return await _store.Write(database => prepared.Run(database, 0), cancellationToken);
    }

    public async Task<IReadOnlyList<string>> WriteBatchAsync(
        IReadOnlyList<TableWrite> writes,
        CancellationToken cancellationToken
    )
    {
        TableRules.CheckBatch(writes);
        if (writes.Count == 0)
            return [];
        var prepared = writes.Select(write => new SqliteTableWrite(write)).ToArray();
        return await _store.Write(
            database => prepared.Select((write, index) => write.Run(database, index)).ToArray(),
            cancellationToken
        );
    }

    /// <summary>Finishes the writes that were handed over, then closes the file.</summary>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static TableRow RowOf(string partitionKey, SqliteRows rows) =>
        new(
            partitionKey,
            rows.Text(0),
            RowCodec.Read(rows.Bytes(2).ToArray()),
            SqliteTableWrite.ETagOf(rows.Integer(1))
        );
}

/// <summary>Where the next page begins, as a text from which nothing can be read.</summary>
internal static class Continuation
{
    private const char Format = '1';

    public static string At(string rowKey) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Format + rowKey));

    /// <exception cref="ArgumentException">Not a text of <see cref="At"/>.</exception>
    public static string Read(string continuation)
    {
        if (
            Base64Url.IsValid(continuation)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation)) is [Format, .. var rowKey]
        )
            return rowKey;
        throw new ArgumentException(
            $"'{continuation}' is no continuation: give the one of the page before, unchanged.",
            nameof(continuation)
        );
    }
}
