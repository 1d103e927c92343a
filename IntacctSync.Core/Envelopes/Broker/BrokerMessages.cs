using System.Text.Json;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Envelopes.Broker;

/// <summary>Envelopes as messages of a broker, and back. Pure.</summary>
public static class BrokerMessages
{
    private const string ConnectionProperty = "connection";

    private const string KindProperty = "kind";

    private const string Probe = "probe";

    private const int LongestId = 128;

    private const int HashLength = 40;

    public static BrokerMessage Of(OutgoingEnvelope outgoing)
    {
        var envelope = outgoing.Envelope;
        return new BrokerMessage(
            EnvelopeJson.Write(envelope),
            Fitting(envelope.MessageId),
            SessionOf(envelope),
            SubjectOf(envelope),
            outgoing.NotBefore,
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [ConnectionProperty] = envelope.Connection.Value,
                [KindProperty] = envelope.Kind.ToString(),
                ["attempt"] = envelope.Attempt,
            }
        );
    }

    /// <summary>
    /// The session of an envelope: its Intacct company, so that one worker at a time has all of its work.
    /// </summary>
    public static string SessionOf(Envelope envelope) => Fitting(envelope.Company.Value);

    /// <returns>The envelope; null if the body is no envelope, so that it can never be handled.</returns>
    public static Envelope? TryRead(ReadOnlySpan<byte> body)
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

    /// <summary>
    /// A message that shows that the queue takes a write, and that is taken back at once. One that could not be taken
    /// back is delivered when its time has come, and is done then.
    /// </summary>
    /// <param name="id">Tells it from every other one.</param>
    /// <param name="at">When it would be delivered.</param>
    public static BrokerMessage ProbeOf(string id, DateTimeOffset at) =>
        new(
            "{}"u8.ToArray(),
            Fitting($"{Probe}-{id}"),
            Probe,
            Probe,
            at,
            new Dictionary<string, object>(StringComparer.Ordinal) { [KindProperty] = Probe }
        );

    /// <returns>Whether it was sent as <see cref="ProbeOf"/> makes it.</returns>
    public static bool IsProbe(IReadOnlyDictionary<string, object> properties) =>
        properties.TryGetValue(KindProperty, out var kind) && kind is Probe;

    /// <returns>Whose message it is, told by its properties; null where they do not tell.</returns>
    public static ConnectionId? ConnectionOf(IReadOnlyDictionary<string, object> properties) =>
        properties.TryGetValue(ConnectionProperty, out var named)
        && ConnectionId.TryParse(named as string, out var connection)
            ? connection
            : null;

    /// <returns>Which flow a message is about, told by its subject.</returns>
    public static string FlowOf(string subject) => subject.Split(' ')[^1].Split('/')[0];

    private static string Fitting(string id) => id.Length <= LongestId ? id : ShortHash.Of(id, HashLength);

    private static string SubjectOf(Envelope envelope) =>
        envelope.Kind switch
        {
            EnvelopeKind.Record => $"{envelope.Flow}/{envelope.SourceId}",
            EnvelopeKind.Poll => $"poll {envelope.Feed}",
            _ => $"backfill {envelope.Flow}",
        };
}
