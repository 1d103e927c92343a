using IntacctSync.Core.Domain;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// All that is known of one record: its counterpart, what was last written, the open intent, and its story. One row, so
/// that state and story never disagree. Changes are made by the methods, each of which is one step of the record's
/// life.
/// </summary>
public sealed record KeyMapEntry
{
    /// <summary>How many event ids are remembered to tell a repeated event.</summary>
    public const int KeptEventIds = 16;

    /// <summary>How many timeline entries are kept.</summary>
    public const int KeptTimeline = 20;

    /// <summary>
    /// How long a text of the story may be: a property holds 32 Ki characters, and the story is stored within one.
    /// </summary>
    public const int LongestText = 600;

    public required SyncKey Key { get; init; }

    public RecordState State { get; init; } = RecordState.Pending;

    /// <summary>
    /// The id a person knows on the far side, for example CUSTOMERID; null while there is no counterpart.
    /// </summary>
    public string? TargetId { get; init; }

    /// <summary>
    /// The far side's key that finds the record when a reply was lost, for example the display contact's CONTACTNAME.
    /// </summary>
    public string? NaturalKey { get; init; }

    /// <summary>What a person calls the record: a name or a number.</summary>
    public string? Title { get; init; }

    /// <summary>By what else a person knows it again; null where its flow says nothing more.</summary>
    public RecordFacts? Facts { get; init; }

    /// <summary>
    /// Hash of the mapped document that was last written; null when it is not known, so that the next pass writes.
    /// </summary>
    public string? Hash { get; init; }

    /// <summary>
    /// What each of its fields was when it was last written (<see cref="KeyMap.Fingerprints"/>); null while that is not
    /// known, and for counterparts that are written as a whole.
    /// </summary>
    public string? Fingerprints { get; init; }

    /// <summary>What was written to its fields; nothing while it is as it was adopted.</summary>
    internal Fingerprints Written => Adopted ? KeyMap.Fingerprints.None : KeyMap.Fingerprints.Of(Fingerprints);

    /// <summary>When the source said that the record had changed, as of the last read.</summary>
    public DateTimeOffset? Version { get; init; }

    public WriteBack WriteBack { get; init; }

    /// <summary>
    /// How often in a row its counterpart's id was written to the source, which was not seen to show it since.
    /// </summary>
    public int WrittenBack { get; init; }

    /// <summary>The last times at which it was written, shown since or not; few.</summary>
    public IReadOnlyList<DateTimeOffset> WrittenBackAt { get; init; } = [];

    /// <summary>
    /// True for a linked counterpart that this program neither made nor has written yet. Its first write leaves alone
    /// the fields that are empty at the source; an invoice stays as it is, but for the fields that change from then on.
    /// </summary>
    public bool Adopted { get; init; }

    /// <summary>
    /// The target id of the counterpart that this program has made for the record; null where it has made none. A
    /// counterpart with another id is somebody else's, however often it was written since.
    /// </summary>
    public string? Made { get; init; }

    /// <summary>Whether the counterpart was made by this program.</summary>
    public bool IsOwn => Made is not null && Made == TargetId;

    /// <summary>
    /// Of a contact: the CUSTOMERID of the customer in whose contact list it stands; null while it stands in none.
    /// </summary>
    public string? AttachedTo { get; init; }

    /// <summary>
    /// How often the counterpart was reversed. A counterpart that is made anew has this in its number.
    /// </summary>
    public int Revision { get; init; }

    /// <summary>
    /// What a flow must know of the parts that a record's counterpart is made of, as the flow wrote it; at most a few
    /// kilobytes.
    /// </summary>
    public string? Parts { get; init; }

    /// <summary>
    /// Names of what the record waits for in another flow: it is found by each of them
    /// (<see cref="KeyMapStore.FindWaitingAsync"/>). Distinct, in order.
    /// </summary>
    public IReadOnlyList<string> Waits { get; init; } = [];

    /// <summary>
    /// How many intents were ever opened, but for one that was released: the n of the next control id is this plus one.
    /// </summary>
    public long Intents { get; init; }

    /// <summary>The write whose outcome is not stored yet; null when there is none.</summary>
    public Intent? Intent { get; init; }

    /// <summary>
    /// How often in a row a write of it got no answer; 0 once one was answered, or nothing is to be written.
    /// </summary>
    public int Unanswered { get; init; }

    /// <summary>
    /// When the first of them was given up waiting for; null once one was answered, or nothing is to be written.
    /// </summary>
    public DateTimeOffset? UnansweredSince { get; init; }

    /// <summary>
    /// The last write that ended, with what came of it; null where none did, or while another one is open.
    /// </summary>
    public LastRequest? LastRequest { get; init; }

    /// <summary>Why a person is needed, or why it was given up.</summary>
    public Problem? Problem { get; init; }

    /// <summary>
    /// The record that it waits for or is held up by, as <c>flow/source id</c>; null while it is held up by none.
    /// </summary>
    public string? WaitsFor { get; init; }

    /// <summary>
    /// True from when a person asked for it, or it needed one, until both sides are equal or it is ignored: its own
    /// date does not matter meanwhile.
    /// </summary>
    public bool Requested { get; init; }

    /// <summary>True while a person wants it never to be synced.</summary>
    public bool Ignored { get; init; }

    public IReadOnlyList<string> EventIds { get; init; } = [];

    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>When the oldest change that is not carried over yet was first seen.</summary>
    public DateTimeOffset? PendingSince { get; init; }

    /// <summary>
    /// When the source was first found not to show the record, and has not shown it since; null while it shows it.
    /// </summary>
    public DateTimeOffset? MissingSince { get; init; }

    /// <summary>When the source was last found not to show it; with <see cref="MissingSince"/>.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>
    /// When the counterpart was first found not to be shown, and has not been shown since; null while it is shown, or
    /// was not looked for.
    /// </summary>
    public DateTimeOffset? TargetMissingSince { get; init; }

    /// <summary>
    /// When the counterpart was last found not to be shown; with <see cref="TargetMissingSince"/>.
    /// </summary>
    public DateTimeOffset? TargetMissedAt { get; init; }

    /// <summary>
    /// The entry as it is stored; null for one that is not. Kept so that index rows follow what changed.
    /// </summary>
    public StoredEntry? Stored { get; init; }

    /// <summary>
    /// Whether nothing of the record was handled or written yet, so that nobody can have looked at something newer and
    /// ended with it. What is being waited for may be noted.
    /// </summary>
    public bool IsUntouched =>
        this is { TargetId: null, Intent: null, Hash: null, Parts: null or "", EventIds: [], Ignored: false };

    public bool Knows(string eventId) => EventIds.Contains(eventId, StringComparer.Ordinal);

    /// <summary>Adds to the story. A line that equals the last one replaces it, with the later time.</summary>
    public KeyMapEntry Note(DateTimeOffset at, string what, string detail)
    {
        var entry = new TimelineEntry(at, what, WholeCharacters.Cut(detail, LongestText));
        var kept =
            Timeline is [.., var last] && last.What == what && last.Detail == entry.Detail
                ? Timeline.Take(Timeline.Count - 1)
                : Timeline;
        return this with { Timeline = [.. kept.TakeLast(KeptTimeline - 1), entry] };
    }

    /// <summary>These events have been handled to their end.</summary>
    public KeyMapEntry Handled(IEnumerable<string> eventIds) =>
        this with
        {
            EventIds = [.. EventIds.Concat(eventIds).Distinct(StringComparer.Ordinal).TakeLast(KeptEventIds)],
        };

    /// <summary>A write is about to be sent.</summary>
    public KeyMapEntry Open(Intent intent) =>
        this with
        {
            Intent = intent,
            LastRequest = null,
            Intents = intent.Counter,
            NaturalKey = intent.NaturalKey ?? NaturalKey,
            PendingSince = State is RecordState.Pending or RecordState.InDoubt
                ? PendingSince ?? intent.At
                : PendingSince,
        };

    /// <summary>A person wants it never to be synced, whatever was asked for before.</summary>
    public KeyMapEntry Ignore(DateTimeOffset at, string detail) =>
        (this with { Ignored = true, Requested = false }).Skip(at, detail);

    /// <summary>A person has linked its counterpart to another record: nothing more is done about it.</summary>
    public KeyMapEntry GiveUp(DateTimeOffset at, string detail) =>
        (
            this with
            {
                TargetId = null,
                NaturalKey = null,
                Hash = null,
                Fingerprints = null,
                Adopted = false,
                AttachedTo = null,
                WriteBack = WriteBack.None,
                Requested = false,
            }
        ).Skip(at, detail);

    /// <summary>The write has ended: it was answered, or nothing more is waited for.</summary>
    /// <param name="at">When.</param>
    /// <param name="answer">What came of it, in words.</param>
    public KeyMapEntry Close(DateTimeOffset at, string answer) =>
        this with
        {
            Intent = null,
            LastRequest = Intent is null ? LastRequest : LastRequest.Of(Intent, answer, at),
        };

    /// <summary>The write did not go out: the one before it is still the last.</summary>
    public KeyMapEntry Unsent(LastRequest? last) => this with { Intent = null, LastRequest = last };

    /// <summary>The write was certainly not carried out, as the other side has said.</summary>
    public KeyMapEntry Refuse(DateTimeOffset at, string answer) => Close(at, answer).Answered();

    /// <summary>
    /// No answer came, and nothing shows that the write was carried out: what the record is by now is written in its
    /// place, under the same control id. Since the other side carries out one function under it at most, the former one
    /// can't be carried out beside it. It may have been without showing, so what was written is not known.
    /// </summary>
    public KeyMapEntry Release(DateTimeOffset at) =>
        (
            Close(at, "No answer came, and nothing shows that it was carried out.") with
            {
                Hash = null,
                Intents = Intent!.Counter - 1,
                Unanswered = 0,
            }
        ).Note(at, "mappedAnew", $"What is written of it next goes out under the same control id, {Intent.ControlId}.");

    /// <summary>The other side has answered a write of it.</summary>
    public KeyMapEntry Answered() => this with { Unanswered = 0, UnansweredSince = null };

    /// <summary>
    /// No answer came, or one that said nothing. The other side may have got the write later than it was noted, after a
    /// sign-in, so it is in doubt from now on.
    /// </summary>
    public KeyMapEntry Doubt(DateTimeOffset at, string detail) =>
        (
            this with
            {
                State = RecordState.InDoubt,
                Problem = null,
                PendingSince = PendingSince ?? at,
                Unanswered = Unanswered + 1,
                UnansweredSince = UnansweredSince ?? at,
                Intent = Intent is null ? null : Intent with { At = at },
            }
        ).Note(at, "inDoubt", detail);

    /// <summary>Both sides are equal.</summary>
    public KeyMapEntry Sync(DateTimeOffset at, string what, string detail) =>
        (
            this with
            {
                State = RecordState.Synced,
                Problem = null,
                PendingSince = null,
                WaitsFor = null,
                Requested = false,
                Unanswered = 0,
                UnansweredSince = null,
            }
        ).Note(at, what, detail);

    /// <summary>Nothing is to be done.</summary>
    public KeyMapEntry Skip(DateTimeOffset at, string detail) =>
        (
            this with
            {
                State = RecordState.Skipped,
                Problem = null,
                PendingSince = null,
                WaitsFor = null,
                Unanswered = 0,
                UnansweredSince = null,
            }
        ).Note(at, "skipped", detail);

    /// <summary>A person must change something.</summary>
    public KeyMapEntry Need(DateTimeOffset at, Problem problem) =>
        (this with { State = RecordState.NeedsAction, Problem = Short(problem), PendingSince = null }).Note(
            at,
            "needsAction",
            problem.Message
        );

    /// <summary>It is given up.</summary>
    public KeyMapEntry Bury(DateTimeOffset at, Problem problem) =>
        (this with { State = RecordState.Dead, Problem = Short(problem), PendingSince = null }).Note(
            at,
            "dead",
            problem.Message
        );

    /// <summary>It waits for another try.</summary>
    public KeyMapEntry Wait(DateTimeOffset at, DateTimeOffset since, string detail) =>
        (
            this with
            {
                State = Intent is null ? RecordState.Pending : RecordState.InDoubt,
                Problem = null,
                PendingSince = PendingSince ?? since,
            }
        ).Note(at, "waiting", detail);

    private static Problem Short(Problem problem) =>
        problem with
        {
            Message = WholeCharacters.Cut(problem.Message, 2 * LongestText),
            Fix = WholeCharacters.Cut(problem.Fix, 2 * LongestText),
        };
}

/// <summary>
/// The parts of a stored entry from which its index rows, and the further rows of its intent, were made.
/// </summary>
public sealed record StoredEntry(
    string ETag,
    string? TargetId,
    string? Title,
    IReadOnlyList<string> Waits,
    string? WaitsFor,
    RecordState State,
    DateTimeOffset? PendingSince,
    IReadOnlyList<string> FurtherRows
);

/// <summary>One line of a story, for a person. Never holds a secret.</summary>
public sealed record TimelineEntry(DateTimeOffset At, string What, string Detail);

/// <summary>Whether the far side's id has reached the source.</summary>
public enum WriteBack
{
    None,
    Due,
    Done,
}
