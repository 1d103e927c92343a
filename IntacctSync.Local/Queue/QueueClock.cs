using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage.Sqlite;

namespace IntacctSync.Local.Queue;

/// <summary>
/// Compares the times in the queue's file with the clock, which may have been set back since they were noted. The work
/// is done by statements on that file.
/// </summary>
/// <remarks>
/// The column <c>sent</c> says when a message was sent, which tells a delay from a wrong clock: if the sending lies
/// ahead, the message is due as long after now as it was due after its sending. Without that, nothing is due later than
/// <see cref="EnvelopeQueueOptions.LongestDelay"/> from now, and no lock holds longer than <see
/// cref="EnvelopeQueueOptions.LockDuration"/>.
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
    /// Corrects the times that lie ahead. Such a lock ends when a lock taken now would end; its holder renews it.
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
