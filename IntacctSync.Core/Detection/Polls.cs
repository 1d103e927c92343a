using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;

namespace IntacctSync.Core.Detection;

/// <summary>Makes the envelopes that say that a feed is due. A feed is named by its flow.</summary>
internal static class Polls
{
    public static Envelope Of(
        Connection connection,
        FlowName flow,
        string eventId,
        DateTimeOffset now,
        string? runId
    ) =>
        new()
        {
            Kind = EnvelopeKind.Poll,
            Connection = connection.Id,
            Company = connection.Company,
            Feed = flow.Value,
            RunId = runId,
            EventId = eventId,
            FirstSeen = now,
            Bulk = true,
        };
}
