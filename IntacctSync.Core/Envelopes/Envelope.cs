using System.Diagnostics;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Envelopes;

/// <summary>
/// A hint that something is to be done. It never says what to write: that is read from the source when it is handled.
/// </summary>
public sealed record Envelope
{
    public required EnvelopeKind Kind { get; init; }

    public required ConnectionId Connection { get; init; }

    /// <summary>The session: all envelopes of one Intacct company are handled by one worker at a time.</summary>
    public required CompanyId Company { get; init; }

    /// <summary>Of a record or a backfill.</summary>
    public FlowName? Flow { get; init; }

    /// <summary>Of a record: its id at the source.</summary>
    public string? SourceId { get; init; }

    /// <summary>Of a record: when the source says that it changed, if that is known.</summary>
    public DateTimeOffset? SourceVersion { get; init; }

    /// <summary>
    /// Of a record: what a list had read of it, at most 32 KB. It is used on the first attempt, and on a later one
    /// where the record only waited for its turn and nothing newer of it can be known.
    /// </summary>
    public string? Snapshot { get; init; }

    /// <summary>Of a poll: which feed.</summary>
    public string? Feed { get; init; }

    /// <summary>Of a poll or backfill that a person asked for: the run whose progress it counts.</summary>
    public string? RunId { get; init; }

    /// <summary>Of a backfill: where it stands, as its flow wrote it.</summary>
    public string? Bookmark { get; init; }

    /// <summary>Names the event, so that the same one is handled once.</summary>
    public required string EventId { get; init; }

    /// <summary>
    /// True for work of a sweep or a backfill. Such work leaves a part of the source's request budget to live changes.
    /// </summary>
    public bool Bulk { get; init; }

    /// <summary>
    /// True where a person asked for this very record, or for all since a date: it is then carried over whatever its
    /// own date.
    /// </summary>
    public bool Requested { get; init; }

    /// <summary>
    /// How often it was put back, for any reason. The number is part of the message id, so that a retry is never taken
    /// for a duplicate.
    /// </summary>
    public int Attempt { get; init; }

    /// <summary>
    /// How many of those attempts failed; waiting for a limit or for an outcome to settle is no failure.
    /// </summary>
    public int Failures { get; init; }

    /// <summary>True if the queue has given it up once and it was put back. It is not put back a second time.</summary>
    public bool Revived { get; init; }

    /// <summary>When the first of all attempts was put on the queue.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>The W3C trace context of its cause. A new envelope takes the activity in which it is made.</summary>
    public string? TraceParent { get; init; } = Activity.Current?.Id;

    /// <summary>
    /// The id by which the queue recognizes duplicates. Two connections may be told of the same event, so the
    /// connection is part of it.
    /// </summary>
    public string MessageId => $"{ShortHash.Of(Connection.Value, 8)}:{EventId}:{Attempt}";

    /// <summary>The record, for a record envelope.</summary>
    public SyncKey Key => new(Connection, Flow!.Value, SourceId!);

    /// <summary>A record changed.</summary>
    /// <param name="record">The record.</param>
    /// <param name="company">The Intacct company, whose session it goes into.</param>
    /// <param name="eventId">From <see cref="EventIds"/>, or the webhook's.</param>
    /// <param name="now">When it was seen.</param>
    public static Envelope ForRecord(SyncKey record, CompanyId company, string eventId, DateTimeOffset now) =>
        new()
        {
            Kind = EnvelopeKind.Record,
            Connection = record.Connection,
            Company = company,
            Flow = record.Flow,
            SourceId = record.SourceId,
            EventId = eventId,
            FirstSeen = now,
        };

    /// <summary>A feed is due to be read.</summary>
    /// <param name="connection">Whose feed.</param>
    /// <param name="company">The Intacct company, whose session it goes into.</param>
    /// <param name="feed">The flow that the feed is of.</param>
    /// <param name="eventId">From <see cref="EventIds"/>.</param>
    /// <param name="now">When it fell due.</param>
    public static Envelope ForPoll(
        ConnectionId connection,
        CompanyId company,
        FlowName feed,
        string eventId,
        DateTimeOffset now
    ) =>
        new()
        {
            Kind = EnvelopeKind.Poll,
            Connection = connection,
            Company = company,
            Feed = feed.Value,
            EventId = eventId,
            FirstSeen = now,
            Bulk = true,
        };

    /// <summary>The place that a backfill has reached.</summary>
    /// <param name="connection">Whose backfill.</param>
    /// <param name="company">The Intacct company, whose session it goes into.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="runId">The run that it belongs to.</param>
    /// <param name="bookmark">The place, as its flow writes it.</param>
    /// <param name="now">When it was reached.</param>
    public static Envelope ForBackfill(
        ConnectionId connection,
        CompanyId company,
        FlowName flow,
        string runId,
        string bookmark,
        DateTimeOffset now
    ) =>
        new()
        {
            Kind = EnvelopeKind.Backfill,
            Connection = connection,
            Company = company,
            Flow = flow,
            RunId = runId,
            Bookmark = bookmark,
            EventId = EventIds.Bookmark(runId, bookmark),
            FirstSeen = now,
            Bulk = true,
        };
}

/// <summary>What an envelope asks for; within a batch they are worked off in this order.</summary>
public enum EnvelopeKind
{
    /// <summary>A record changed at its source.</summary>
    Record,

    /// <summary>A feed is due to be read for changes.</summary>
    Poll,

    /// <summary>
    /// The place a backfill has reached: one chunk is worked off and the next bookmark is put at the tail.
    /// </summary>
    Backfill,
}

/// <summary>An envelope as the queue delivered it.</summary>
/// <param name="Envelope">What was sent.</param>
/// <param name="DeliveryCount">How often the queue has delivered this message, this time included; it starts again with
/// each new attempt.</param>
/// <param name="Handle">The queue's own name for the message, to settle it by.</param>
public sealed record ReceivedEnvelope(Envelope Envelope, int DeliveryCount, string Handle);

/// <summary>An envelope to send, and when it may first be delivered; null for at once.</summary>
public sealed record OutgoingEnvelope(Envelope Envelope, DateTimeOffset? NotBefore = null);
