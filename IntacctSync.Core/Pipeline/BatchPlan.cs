using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;

namespace IntacctSync.Core.Pipeline;

/// <summary>
/// The order in which a batch of one connection is worked off: records before polls, polls before backfills, live
/// records before those of bulk work, and parents before their children. Pure.
/// </summary>
/// <param name="Records">Groups of one flow each. Each item is one record with all its envelopes, the newest first; an
/// envelope that a person asked for goes before all.</param>
/// <param name="Polls">One poll for each feed. Further polls of the same feed are done when it is.</param>
/// <param name="Backfills">Bookmarks.</param>
internal sealed record BatchPlan(
    IReadOnlyList<FlowGroup> Records,
    IReadOnlyList<IReadOnlyList<ReceivedEnvelope>> Polls,
    IReadOnlyList<ReceivedEnvelope> Backfills
)
{
    /// <summary>
    /// An envelope that was delivered this often without a settlement may be what ends the process, so it runs alone.
    /// </summary>
    public const int SuspectDeliveries = 3;

    /// <param name="envelopes">The batch.</param>
    /// <param name="flows">The flows in their order; those that are not among them come last.</param>
    public static BatchPlan Of(IEnumerable<ReceivedEnvelope> envelopes, IReadOnlyList<AppFlow> flows)
    {
        var byKind = envelopes.ToLookup(e => e.Envelope.Kind);
        var groups = byKind[EnvelopeKind.Record]
            .GroupBy(e => (Flow: e.Envelope.Flow!.Value, e.Envelope.SourceId))
            .Select(g => NewestFirst(g))
            .GroupBy(r => (Flow: r[0].Envelope.Flow!.Value, Bulk: r.All(e => e.Envelope.Bulk)))
            .OrderBy(g => g.Key.Bulk)
            .ThenBy(g => Rank(g.Key.Flow, flows))
            .SelectMany(g => Split(g.Key.Flow, g));
        var polls = byKind[EnvelopeKind.Poll]
            .GroupBy(e => e.Envelope.Feed, StringComparer.Ordinal)
            .Select(g => (IReadOnlyList<ReceivedEnvelope>)[.. g]);
        return new BatchPlan([.. groups], [.. polls], [.. byKind[EnvelopeKind.Backfill]]);
    }

    /// <remarks>
    /// Of several attempts of one event the last comes first, since it is the first that goes on: the next attempt of
    /// an earlier one has an id that the queue knows already, and would be dropped.
    /// </remarks>
    private static IReadOnlyList<ReceivedEnvelope> NewestFirst(IEnumerable<ReceivedEnvelope> record) =>
        [
            .. record
                .OrderByDescending(e => e.Envelope.Requested)
                .ThenByDescending(e => e.Envelope.FirstSeen)
                .ThenByDescending(e => e.Envelope.SourceVersion)
                .GroupBy(e => e.Envelope.EventId, StringComparer.Ordinal)
                .SelectMany(attempts => attempts.OrderByDescending(e => e.Envelope.Attempt)),
        ];

    private static IEnumerable<FlowGroup> Split(FlowName flow, IEnumerable<IReadOnlyList<ReceivedEnvelope>> group)
    {
        var records = group.ToLookup(r => r.Any(e => e.DeliveryCount >= SuspectDeliveries));
        if (records[false].Any())
            yield return new FlowGroup(flow, [.. records[false]]);
        foreach (var suspect in records[true])
            yield return new FlowGroup(flow, [suspect]);
    }

    private static int Rank(FlowName flow, IReadOnlyList<AppFlow> flows)
    {
        for (var i = 0; i < flows.Count; i++)
        {
            if (flows[i].Name == flow)
                return i;
        }

        return int.MaxValue;
    }
}

/// <summary>Records of one flow that are worked off together.</summary>
internal sealed record FlowGroup(FlowName Flow, IReadOnlyList<IReadOnlyList<ReceivedEnvelope>> Records);
