using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Storage.Sqlite;

namespace IntacctSync.Local.Queue;

/// <summary>
/// An envelope as it goes into the queue's file, encoded before it reaches the one thread that writes.
/// </summary>
internal sealed class QueueSend(Envelope envelope, DateTimeOffset? notBefore)
{
    private readonly byte[] _body = EnvelopeJson.Write(envelope);

    /// <summary>Adds the message, unless one of the same id was sent within the window.</summary>
    /// <remarks>A delayed message gets its place in the order when its time comes.</remarks>
    public SendOutcome Run(SqliteDatabase database, DateTimeOffset now, EnvelopeQueueOptions options)
    {
        database.Execute("DELETE FROM sent WHERE sent_at <= ?1", now - options.DuplicateWindow);
        const string remember =
            "INSERT INTO sent (message_id, connection, sent_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        if (database.Execute(remember, envelope.MessageId, envelope.Connection.Value, now) == 0)
            return SendOutcome.Duplicate;
        database.Execute(
            "INSERT INTO sessions (session, fence, locked_until) VALUES (?1, 0, 0) ON CONFLICT DO NOTHING",
            envelope.Company.Value
        );
        database.Execute(
            """
            INSERT INTO messages (session, connection, flow, message_id, visible_at, first_seen, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """,
            envelope.Company.Value,
            envelope.Connection.Value,
            FlowOf(envelope.Flow),
            envelope.MessageId,
            DueAt(now, options.LongestDelay),
            envelope.FirstSeen,
            _body
        );
        return SendOutcome.Accepted;
    }

    private DateTimeOffset DueAt(DateTimeOffset now, TimeSpan longestDelay) =>
        notBefore is not { } due || due < now ? now
        : due > now + longestDelay ? now + longestDelay
        : due;

    private static string FlowOf(FlowName? flow) => flow?.Value ?? "";
}
