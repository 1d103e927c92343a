using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Storage.Sqlite;

namespace IntacctSync.Local.Queue;

/// <summary>Hands out the messages of a session under its lock, by statements on the queue's file.</summary>
internal static class QueueDelivery
{
    public const string TooOften = "MaxDeliveryCountExceeded";
    public const string Unreadable = "UnreadableBody";

    /// <summary>
    /// Up to <paramref name="max"/> messages in their order. A message that can't be delivered is moved to the dead
    /// letters.
    /// </summary>
    public static IReadOnlyList<ReceivedEnvelope> Receive(
        SqliteDatabase database,
        SessionLock held,
        int max,
        DateTimeOffset now,
        int maxDeliveries
    )
    {
        List<ReceivedEnvelope> received = [];
        while (received.Count < max)
        {
            var waiting = Waiting(database, held, max - received.Count, now);
            if (waiting.Count == 0)
                break;
            foreach (var (number, deliveries, body) in waiting)
            {
                if (deliveries >= maxDeliveries)
                    QueueSettlement.DeadLetter(database, number, TooOften, TooOftenText(deliveries), now);
                else if (Read(body) is not { } envelope)
                    QueueSettlement.DeadLetter(
                        database,
                        number,
                        Unreadable,
                        "The body is no envelope that this program can read.",
                        now
                    );
                else
                    received.Add(HandOut(database, held, number, deliveries + 1, Held(envelope, now)));
            }
        }

        return received;
    }

    /// <summary>
    /// The envelope; null if the body is damaged or was written by a later program. Such a message must not hold up its
    /// session.
    /// </summary>
    public static Envelope? Read(byte[] body)
    {
        try
        {
            return EnvelopeJson.Read(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<(long Number, int Deliveries, byte[] Body)> Waiting(
        SqliteDatabase database,
        SessionLock held,
        int max,
        DateTimeOffset now
    )
    {
        List<(long, int, byte[])> waiting = [];
        using var rows = database.Query(
            """
            SELECT number, deliveries, body FROM messages WHERE session = ?1 AND visible_at <= ?2 AND held <> ?3
            ORDER BY visible_at, number LIMIT ?4
            """,
            held.Company.Value,
            now,
            held.Fence,
            max
        );
        while (rows.Next())
            waiting.Add((rows.Integer(0), (int)rows.Integer(1), rows.Bytes(2).ToArray()));
        return waiting;
    }

    /// <summary>An envelope counts as first seen now if the clock was set back since.</summary>
    private static Envelope Held(Envelope envelope, DateTimeOffset now) =>
        NotedTimes.LiesAhead(envelope.FirstSeen, now) ? envelope with { FirstSeen = now } : envelope;

    private static ReceivedEnvelope HandOut(
        SqliteDatabase database,
        SessionLock held,
        long number,
        int deliveries,
        Envelope envelope
    )
    {
        database.Execute(
            "UPDATE messages SET held = ?2, deliveries = ?3 WHERE number = ?1",
            number,
            held.Fence,
            deliveries
        );
        return new ReceivedEnvelope(envelope, deliveries, number.ToString(CultureInfo.InvariantCulture));
    }

    private static string TooOftenText(int deliveries) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"It was delivered {deliveries} times and never settled: the worker stopped, or lost its lock, each time."
        );
}
