using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;

namespace IntacctSync.Core.Detection.Webhooks;

/// <summary>What a webhook asks for: one record, or a sweep of the flows that it may concern.</summary>
internal static class WebhookEnvelopes
{
    /// <summary>
    /// Writing an id back raises a webhook of its own. Events of custom fields alone wait for the next full minute, so
    /// that the echoes of a busy minute are read in pages and not one by one.
    /// </summary>
    private static readonly TimeSpan EchoPause = TimeSpan.FromMinutes(1);

    /// <returns>None where the event matters to no flow that is switched on.</returns>
    public static List<OutgoingEnvelope> Of(Connection connection, WebhookHint hint, string eventId, DateTimeOffset now)
    {
        switch (hint)
        {
            case WebhookHint.RecordChanged changed when Listens(connection, changed.Flow):
                var envelope = Envelope.ForRecord(
                    new SyncKey(connection.Id, changed.Flow, changed.Uid),
                    connection.Company,
                    eventId,
                    now
                ) with
                {
                    SourceVersion = changed.UpdatedAt,
                };
                return [new OutgoingEnvelope(envelope, changed.CustomFieldsOnly ? NextMinute(now) : null)];
            case WebhookHint.SweepNeeded sweep:
                return Sweeps(connection, sweep.Flow, eventId, now);
            case WebhookHint.Unreadable:
                return Sweeps(connection, null, eventId, now);
            default:
                return [];
        }
    }

    private static List<OutgoingEnvelope> Sweeps(
        Connection connection,
        FlowName? flow,
        string eventId,
        DateTimeOffset now
    ) =>
        [
            .. connection
                .Settings.Flows.Select(f => f.Name)
                .Where(f => Listens(connection, f) && (flow is null || f == flow))
                .Select(f => new OutgoingEnvelope(
                    Envelope.ForPoll(connection.Id, connection.Company, f, EventIds.PollFor(eventId, f), now)
                )),
        ];

    /// <summary>
    /// Whether a change in the app matters to the flow. It does not matter to flows whose records are read from
    /// Intacct.
    /// </summary>
    private static bool Listens(Connection connection, FlowName flow) =>
        connection.Settings.Flows.Any(f => f.Name == flow && f.Source == FlowSource.App)
        && connection.Settings.Syncs(flow);

    private static DateTimeOffset NextMinute(DateTimeOffset now) =>
        now + EchoPause - TimeSpan.FromTicks(now.Ticks % EchoPause.Ticks);
}
