using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage.Sqlite;

namespace IntacctSync.Local.Queue;

/// <summary>
/// Holds the times in the queue's file against the clock, which may have been set back since they were noted, as
/// statements on that file.
/// </summary>
/// <remarks>
/// A delay is told from a time that lies ahead by when its message was sent, which <c>sent</c> remembers: a message
/// that
/// was sent in the future is due as long after now as it was due after its sending. Without that, nothing is due later
/// than <see cref="EnvelopeQueueOptions.LongestDelay"/> from now, and no lock holds longer than
/// <see cref="EnvelopeQueueOptions.LockDuration"/>.
/// </remarks>
internal static class QueueClock
{
    private const string LastDueOfSession =
        "(SELECT max(visible_at) FROM messages WHERE messages.session = sessions.session)";

    public static bool WasSetBack(SqliteDatabase database, DateTimeOffset now, EnvelopeQueueOptions options) =>
        LiesAhead(database.Integer("SELECT max(sent_at) FROM sent"), TimeSpan.Zero, now)
        || LiesAhead(database.Integer("SELECT max(locked_until) FROM sessions"), options.LockDuration, now)
        || LiesAhead(database.Integer($"SELECT max({LastDueOfSession}) FROM sessions"), options.LongestDelay, now);

    /// <summary>
    /// Notes anew what lies ahead. A lock ends when one that was taken now would: whoever holds it renews it.
    /// </summary>
    /// <returns>How many messages and locks that were.</returns>
    public static (int Messages, int Locks) HoldAgainst(
        SqliteDatabase database,
        DateTimeOffset now,
        EnvelopeQueueOptions options
    )
    {
        var messages =
            database.Execute(
                """
                UPDATE messages SET visible_at = ?1 + max(0, min(?3, visible_at - sent.sent_at)) FROM sent
                WHERE sent.message_id = messages.message_id AND sent.sent_at > ?2
                """,
                now,
                now + NotedTimes.Skew,
                options.LongestDelay.Ticks
            )
            + database.Execute(
                "UPDATE messages SET visible_at = ?1 WHERE visible_at > ?2",
                now,
                now + options.LongestDelay + NotedTimes.Skew
            );
        database.Execute("UPDATE messages SET first_seen = ?1 WHERE first_seen > ?2", now, now + NotedTimes.Skew);
        database.Execute("UPDATE sent SET sent_at = ?1 WHERE sent_at > ?1", now);
        database.Execute("UPDATE dead SET died_at = ?1 WHERE died_at > ?1", now);
        var locks = database.Execute(
            "UPDATE sessions SET locked_until = ?1 WHERE locked_until > ?2",
            now + options.LockDuration,
            now + options.LockDuration + NotedTimes.Skew
        );
        return (messages, locks);
    }

    private static bool LiesAhead(long? ticks, TimeSpan longest, DateTimeOffset now) =>
        ticks is { } noted && noted > (now + longest + NotedTimes.Skew).UtcTicks;
}
