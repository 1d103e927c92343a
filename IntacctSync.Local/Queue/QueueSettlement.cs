using System.Globalization;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Storage.Sqlite;

namespace IntacctSync.Local.Queue;

/// <summary>
/// What is to become of one delivered message, prepared before it reaches the one thread that writes.
/// </summary>
internal sealed class QueueSettlement(ReceivedEnvelope received, Settlement settlement)
{
    private readonly long _number = long.Parse(received.Handle, NumberStyles.None, CultureInfo.InvariantCulture);
    private readonly QueueSend? _next = NextOf(received, settlement);

    /// <summary>
    /// Settles the message, if the lock holds it. If its connection was purged meanwhile, the message is gone and
    /// nothing is done.
    /// </summary>
    public void Run(SqliteDatabase database, SessionLock held, DateTimeOffset now, EnvelopeQueueOptions options)
    {
        if (database.Integer("SELECT 1 FROM messages WHERE number = ?1 AND held = ?2", _number, held.Fence) is null)
            return;
        switch (settlement)
        {
            case Settlement.Again:
                _next!.Run(database, now, options);
                Remove(database, _number);
                break;
            case Settlement.DeadLetter dead:
                DeadLetter(database, _number, dead.Reason, dead.Description, now);
                break;
            case Settlement.Abandon:
                database.Execute("UPDATE messages SET held = 0 WHERE number = ?1", _number);
                break;
            default:
                Remove(database, _number);
                break;
        }
    }

    public static void DeadLetter(
        SqliteDatabase database,
        long number,
        string reason,
        string description,
        DateTimeOffset now
    )
    {
        database.Execute(
            """
            INSERT INTO dead (number, connection, died_at, deliveries, reason, description, body)
            SELECT number, connection, ?2, deliveries, ?3, ?4, body FROM messages WHERE number = ?1
            """,
            number,
            now,
            reason,
            description
        );
        Remove(database, number);
    }

    /// <exception cref="ArgumentException">The next attempt has this one's message id, so the queue would drop it as a
    /// duplicate.</exception>
    private static QueueSend? NextOf(ReceivedEnvelope received, Settlement settlement) =>
        settlement switch
        {
            Settlement.Again again when again.Next.MessageId == received.Envelope.MessageId =>
                throw new ArgumentException(
                    $"The next attempt has the message id '{again.Next.MessageId}' of the one before and would "
                        + $"be dropped as its duplicate: raise its attempt number.",
                    nameof(settlement)
                ),
            Settlement.Again again => new QueueSend(again.Next, again.NotBefore),
            _ => null,
        };

    private static void Remove(SqliteDatabase database, long number) =>
        database.Execute("DELETE FROM messages WHERE number = ?1", number);
}
