using System.Globalization;

namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>One write, encoded before it reaches the one thread that writes.</summary>
internal sealed class SqliteTableWrite(TableWrite write)
{
    private readonly byte[] _body = write.Kind is TableWriteKind.Delete or TableWriteKind.DeleteIfThere
        ? []
        : RowCodec.Write(write.Row.Properties);

    public static string ETagOf(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <param name="database">The writer's, within its transaction.</param>
    /// <param name="index">Of the write in its batch.</param>
    /// <returns>The new ETag; empty for a delete.</returns>
    /// <exception cref="TableConflictException">The row is not as the write requires.</exception>
    public string Run(SqliteDatabase database, int index) =>
        write.Kind switch
        {
            TableWriteKind.Insert => Insert(database, index),
            TableWriteKind.Replace => Replace(database, index),
            TableWriteKind.Upsert => Upsert(database),
            TableWriteKind.Delete => Delete(database, index),
            _ => DeleteIfThere(database),
        };

    private string Insert(SqliteDatabase database, int index)
    {
        var etag = NextETag(database);
        const string sql =
            "INSERT INTO rows (partition, row, etag, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        return database.Execute(sql, write.Row.PartitionKey, write.Row.RowKey, etag, _body) == 1
            ? ETagOf(etag)
            : throw Conflict(index, "it exists");
    }

    private string Replace(SqliteDatabase database, int index)
    {
        var etag = NextETag(database);
        const string sql = "UPDATE rows SET etag = ?3, body = ?4 WHERE partition = ?1 AND row = ?2 AND etag = ?5";
        return database.Execute(sql, write.Row.PartitionKey, write.Row.RowKey, etag, _body, Expected) == 1
            ? ETagOf(etag)
            : throw GoneOrChanged(database, index);
    }

    private string Upsert(SqliteDatabase database)
    {
        var etag = NextETag(database);
        database.Execute(
            """
            INSERT INTO rows (partition, row, etag, body) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (partition, row) DO UPDATE SET etag = excluded.etag, body = excluded.body
            """,
            write.Row.PartitionKey,
            write.Row.RowKey,
            etag,
            _body
        );
        return ETagOf(etag);
    }

    private string Delete(SqliteDatabase database, int index)
    {
        const string sql = "DELETE FROM rows WHERE partition = ?1 AND row = ?2 AND etag = ?3";
        return database.Execute(sql, write.Row.PartitionKey, write.Row.RowKey, Expected) == 1
            ? ""
            : throw GoneOrChanged(database, index);
    }

    private string DeleteIfThere(SqliteDatabase database)
    {
        database.Execute(
            "DELETE FROM rows WHERE partition = ?1 AND row = ?2",
            write.Row.PartitionKey,
            write.Row.RowKey
        );
        return "";
    }

    /// <summary>The number in the ETag. A text that is not such a number belongs to no row.</summary>
    private long Expected =>
        long.TryParse(write.ETag, NumberStyles.None, CultureInfo.InvariantCulture, out var etag) ? etag : 0;

    /// <summary>
    /// One count for the whole file, so that a row that was deleted and made again never has an ETag that it had
    /// before.
    /// </summary>
    private static long NextETag(SqliteDatabase database) =>
        database.Integer("UPDATE last_etag SET value = value + 1 RETURNING value")!.Value;

    private TableConflictException GoneOrChanged(SqliteDatabase database, int index) =>
        Conflict(
            index,
            database.Integer(
                "SELECT etag FROM rows WHERE partition = ?1 AND row = ?2",
                write.Row.PartitionKey,
                write.Row.RowKey
            )
                is { } found
                ? $"it has changed since it was read (its ETag is {ETagOf(found)}, not {write.ETag})"
                : "it is not there"
        );

    private TableConflictException Conflict(int index, string reason) =>
        new(index, write.Row.PartitionKey, write.Row.RowKey, reason);
}
