using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Pipeline;

/// <summary>What is to be done for a record, told by its envelopes and its row. Pure.</summary>
internal static class RecordPlan
{
    /// <summary>How long what a list had read may wait for its turn before it is read again.</summary>
    private static readonly TimeSpan SnapshotLasts = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The row with what a person asked for, which is kept with it. What needs a person was to be carried over, so no
    /// date leaves it out from then on.
    /// </summary>
    public static KeyMapEntry Asked(KeyMapEntry entry, IReadOnlyList<ReceivedEnvelope> record)
    {
        var asked = record.Any(e => e.Envelope.Requested);
        if (asked)
            entry = entry with { WrittenBack = 0, WrittenBackAt = [] };
        return
            !entry.Ignored && !entry.Requested && (asked || entry.State is RecordState.NeedsAction or RecordState.Dead)
            ? entry with
            {
                Requested = true,
            }
            : entry;
    }

    /// <summary>
    /// What is to be done for a record; null if its events were handled before and nothing is left to do.
    /// </summary>
    public static RecordWork? WorkOf(IReadOnlyList<ReceivedEnvelope> record, KeyMapEntry entry, DateTimeOffset now)
    {
        var known =
            record.All(e => entry.Knows(e.Envelope.EventId))
            && entry.State is not (RecordState.Pending or RecordState.InDoubt);
        var idle = entry.Intent is null && (entry.Ignored || (known && entry.WriteBack != WriteBack.Due));
        if (idle)
            return null;

        var newest = record[0].Envelope;
        var asked = Asked(entry, record);
        return new RecordWork(
            asked,
            [.. record.Select(e => e.Envelope.EventId)],
            record.Min(e => e.Envelope.FirstSeen),
            record.All(e => e.Envelope.Bulk),
            WriteBackOnly: record.All(e => entry.Knows(e.Envelope.EventId))
                && entry.Intent is null
                && entry.WriteBack == WriteBack.Due,
            Requested: asked.Requested,
            Snapshot: newest.Attempt == 0 && record.All(e => IsNoNewer(e.Envelope, newest)) ? newest.Snapshot : null,
            SnapshotVersion: newest.SourceVersion,
            FreshSnapshot: record.Count == 1 && entry.IsUntouched && now - newest.FirstSeen <= SnapshotLasts
                ? newest.Snapshot
                : null,
            RequestedAt: record
                .Where(e => e.Envelope.Requested)
                .Select(e => (DateTimeOffset?)e.Envelope.FirstSeen)
                .Max()
        );
    }

    /// <summary>What a list showed may be older than what a poll has told meanwhile.</summary>
    private static bool IsNoNewer(Envelope one, Envelope other) =>
        one == other || one.SourceVersion is not { } version || version <= other.SourceVersion;
}
