using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows;

/// <summary>One record to carry over.</summary>
/// <param name="Entry">What the key map knows of it.</param>
/// <param name="EventIds">The events that asked for it, stored with its outcome.</param>
/// <param name="FirstSeen">When the oldest of them came.</param>
/// <param name="Bulk">True where no live change is among them.</param>
/// <param name="WriteBackOnly">True where all of them were carried over before and only the write-back is due.</param>
/// <param name="Requested">True where a person asked for it, now or before, and it has not been carried over since: its
/// own date does not matter, and its counterpart is looked at even where nothing has changed.</param>
/// <param name="Snapshot">What a list had read of it, on the first attempt only.</param>
/// <param name="SnapshotVersion">When its source said that this had changed.</param>
/// <param name="FreshSnapshot">What a list had read of it lately, where nothing newer can be known: nothing of the
/// record was handled or written yet, and no other event of it has come. It may be used without reading the record, as
/// a change since then has an event of its own, which comes after.</param>
/// <param name="RequestedAt">When a person last asked for it with one of the events; null where nobody did.</param>
public sealed record RecordWork(
    KeyMapEntry Entry,
    IReadOnlyList<string> EventIds,
    DateTimeOffset FirstSeen,
    bool Bulk,
    bool WriteBackOnly,
    bool Requested = false,
    string? Snapshot = null,
    DateTimeOffset? SnapshotVersion = null,
    string? FreshSnapshot = null,
    DateTimeOffset? RequestedAt = null
)
{
    public string SourceId => Entry.Key.SourceId;

    /// <summary>Whether an event of it, now or before, was its deletion at its source.</summary>
    /// <param name="entry">Its row as it is now.</param>
    public bool IsSaidDeleted(KeyMapEntry entry) => EventIds.Concat(entry.EventIds).Any(Envelopes.EventIds.IsDeletion);

    /// <summary>
    /// The same of what can be made again under its id: only by one of these events, or by the last one before, which
    /// was not carried over yet. What an earlier event said may be wrong by now.
    /// </summary>
    public bool IsLastSaidDeleted =>
        EventIds.Any(Envelopes.EventIds.IsDeletion)
        || (
            Entry is { State: RecordState.Pending or RecordState.InDoubt, EventIds: [.., var last] }
            && Envelopes.EventIds.IsDeletion(last)
        );
}
