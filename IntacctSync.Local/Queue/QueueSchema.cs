namespace IntacctSync.Local.Queue;

/// <summary>The tables of the queue's file. Times are UTC ticks of 100 ns.</summary>
internal static class QueueSchema
{
    public const int Version = 1;

    /// <remarks>
    /// <c>messages.held</c> is the fence of the lock under which it was handed out. It means nothing once that lock is
    /// gone. A session's row stays when it is empty; there are as many as there are companies. <c>told</c> has the
    /// dead letters that people were told of.
    /// </remarks>
    public static IReadOnlyList<string> Statements { get; } =
    [
        """
            CREATE TABLE IF NOT EXISTS messages (
                number INTEGER PRIMARY KEY AUTOINCREMENT,
                session TEXT NOT NULL,
                connection TEXT NOT NULL,
                flow TEXT NOT NULL,
                message_id TEXT NOT NULL,
                visible_at INTEGER NOT NULL,
                first_seen INTEGER NOT NULL,
                deliveries INTEGER NOT NULL DEFAULT 0,
                held INTEGER NOT NULL DEFAULT 0,
                body BLOB NOT NULL)
            """,
        "CREATE INDEX IF NOT EXISTS messages_in_order ON messages (session, visible_at, number)",
        "CREATE TABLE IF NOT EXISTS sessions (session TEXT PRIMARY KEY, fence INTEGER NOT NULL, locked_until "
            + "INTEGER NOT NULL)",
        "CREATE TABLE IF NOT EXISTS sent (message_id TEXT PRIMARY KEY, connection TEXT NOT NULL, sent_at "
            + "INTEGER NOT NULL)",
        "CREATE TABLE IF NOT EXISTS probe (value INTEGER NOT NULL)",
        "INSERT INTO probe SELECT 0 WHERE NOT EXISTS (SELECT * FROM probe)",
        "CREATE INDEX IF NOT EXISTS sent_by_time ON sent (sent_at)",
        """
            CREATE TABLE IF NOT EXISTS dead (
                number INTEGER PRIMARY KEY,
                connection TEXT NOT NULL,
                died_at INTEGER NOT NULL,
                deliveries INTEGER NOT NULL,
                reason TEXT NOT NULL,
                description TEXT NOT NULL,
                body BLOB NOT NULL)
            """,
        "CREATE TABLE IF NOT EXISTS told (number INTEGER PRIMARY KEY)",
    ];
}
