using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage.Sqlite;

namespace IntacctSync.Local.Queue;

/// <summary>The locks of the sessions, by statements on the queue's file.</summary>
internal static class QueueSessions
{
    private const string FirstOfSession =
        "(SELECT min(visible_at) FROM messages WHERE messages.session = sessions.session)";

    /// <summary>The session without a lock whose first message is due for longest.</summary>
    public static string? Waiting(SqliteDatabase database, DateTimeOffset now)
    {
        using var rows = database.Query(
            $"SELECT session, {FirstOfSession} AS first FROM sessions WHERE locked_until <= ?1 AND first <= ?1 "
                + $"ORDER BY first LIMIT 1",
            now
        );
        return rows.Next() ? rows.Text(0) : null;
    }

    /// <summary>
    /// The next time at which a message may be delivered: its own time, or the end of the lock that holds it. Null for
    /// an empty queue.
    /// </summary>
    public static DateTimeOffset? NextDue(SqliteDatabase database) =>
        database.Integer($"SELECT min(max({FirstOfSession}, locked_until)) FROM sessions") is { } ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;

    public static SessionLock? Take(SqliteDatabase database, DateTimeOffset now, TimeSpan duration)
    {
        if (Waiting(database, now) is not { } session)
            return null;
        var until = now + duration;
        var fence = database.Integer(
            "UPDATE sessions SET fence = fence + 1, locked_until = ?2 WHERE session = ?1 RETURNING fence",
            session,
            until
        );
        return new SessionLock(new CompanyId(session), fence!.Value, until);
    }

    /// <returns>False when it is lost.</returns>
    public static bool Renew(SqliteDatabase database, SessionLock held, DateTimeOffset now, TimeSpan duration)
    {
        const string sql =
            "UPDATE sessions SET locked_until = ?4 WHERE session = ?1 AND fence = ?2 AND locked_until > ?3";
        return database.Execute(sql, held.Company.Value, held.Fence, now, now + duration) == 1;
    }

    /// <exception cref="SessionLostException">It has expired, or somebody else has taken the session.</exception>
    public static void Require(SqliteDatabase database, SessionLock held, DateTimeOffset now)
    {
        const string sql = "SELECT 1 FROM sessions WHERE session = ?1 AND fence = ?2 AND locked_until > ?3";
        if (database.Integer(sql, held.Company.Value, held.Fence, now) is null)
            throw new SessionLostException(held);
    }

    /// <summary>
    /// Gives the session back. The messages that it still holds are delivered to the next holder. A lock that is lost
    /// already is left alone.
    /// </summary>
    /// <returns>False when it was lost.</returns>
    public static bool Release(SqliteDatabase database, SessionLock held) =>
        database.Execute(
            "UPDATE sessions SET locked_until = 0 WHERE session = ?1 AND fence = ?2",
            held.Company.Value,
            held.Fence
        ) == 1;
}
