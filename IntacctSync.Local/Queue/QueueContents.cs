using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage.Sqlite;

namespace IntacctSync.Local.Queue;

/// <summary>
/// Lists what the queue holds, and removes what belongs to a connection, by statements on the queue's file.
/// </summary>
internal static class QueueContents
{
    public static QueueCounts Count(SqliteDatabase database, DateTimeOffset now)
    {
        long ready = 0,
            all = 0;
        List<PendingCount> pending = [];
        using var rows = database.Query(
            """
            SELECT connection, flow, count(*), min(first_seen), sum(visible_at <= ?1) FROM messages
            GROUP BY connection, flow ORDER BY connection, flow
            """,
            now
        );
        while (rows.Next())
        {
            FlowName? flow = FlowName.TryParse(rows.Text(1), out var named) ? named : null;
            pending.Add(new PendingCount(ConnectionId.Parse(rows.Text(0)), flow, rows.Integer(2), rows.Time(3)));
            (all, ready) = (all + rows.Integer(2), ready + rows.Integer(4));
        }

        return new QueueCounts(ready, all - ready, database.Integer("SELECT count(*) FROM dead") ?? 0, pending);
    }

    /// <summary>The dead letters, the newest first.</summary>
    public static IReadOnlyList<DeadEnvelope> Dead(SqliteDatabase database, int max) =>
        [.. Dead(database, "1 ORDER BY died_at DESC, number DESC", max).Select(d => d.Letter)];

    /// <summary>The dead letters that nobody was told of, by their numbers, the oldest first.</summary>
    public static IReadOnlyList<(long Number, DeadEnvelope Letter)> Untold(SqliteDatabase database, int max) =>
        Dead(database, "number NOT IN (SELECT number FROM told) ORDER BY died_at, number", max);

    private static List<(long Number, DeadEnvelope Letter)> Dead(SqliteDatabase database, string which, int max)
    {
        List<(long, DeadEnvelope)> dead = [];
        using var rows = database.Query(
            $"SELECT number, body, reason, description, died_at, deliveries FROM dead WHERE {which} LIMIT ?1",
            max
        );
        while (rows.Next())
            dead.Add(
                (
                    rows.Integer(0),
                    new DeadEnvelope(
                        QueueDelivery.Read(rows.Bytes(1).ToArray()),
                        rows.Text(2),
                        rows.Text(3),
                        rows.Time(4),
                        (int)rows.Integer(5)
                    )
                )
            );
        return dead;
    }

    /// <summary>
    /// Removes everything of a connection. The ids of sent messages are removed as well, since a new connection of the
    /// same name may send the same ids.
    /// </summary>
    /// <returns>How many messages there were, dead letters included.</returns>
    public static int Purge(SqliteDatabase database, ConnectionId connection)
    {
        database.Execute("DELETE FROM sent WHERE connection = ?1", connection.Value);
        database.Execute(
            "DELETE FROM told WHERE number IN (SELECT number FROM dead WHERE connection = ?1)",
            connection.Value
        );
        return database.Execute("DELETE FROM messages WHERE connection = ?1", connection.Value)
            + database.Execute("DELETE FROM dead WHERE connection = ?1", connection.Value);
    }
}

/// <summary>What the queue holds.</summary>
/// <param name="Ready">Messages that may be delivered now, those being worked on included.</param>
/// <param name="Delayed">Messages whose time has not come.</param>
/// <param name="Dead">Dead-lettered messages.</param>
/// <param name="Pending">Ready and delayed ones, by connection and flow.</param>
public sealed record QueueCounts(long Ready, long Delayed, long Dead, IReadOnlyList<PendingCount> Pending);

/// <summary>The messages of one connection and flow that are not yet done.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Flow">The flow; null for polls, which are of a feed.</param>
/// <param name="Count">How many.</param>
/// <param name="OldestFirstSeen">When the oldest of them was first put on the queue, its earlier attempts
/// included.</param>
public sealed record PendingCount(ConnectionId Connection, FlowName? Flow, long Count, DateTimeOffset OldestFirstSeen);
