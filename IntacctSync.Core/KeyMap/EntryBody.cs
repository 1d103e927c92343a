using IntacctSync.Core.Domain;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// What the row of an entry keeps as one JSON text. Rows of former versions lack the last members, so a new one is
/// added at the end and has a default.
/// </summary>
internal sealed record EntryBody(
    string SourceId,
    RecordState State,
    string? TargetId,
    string? NaturalKey,
    string? Title,
    string? Hash,
    DateTimeOffset? Version,
    WriteBack WriteBack,
    bool Adopted,
    string? AttachedTo,
    int Revision,
    string? Parts,
    IReadOnlyList<string>? Waits,
    long Intents,
    IntentBody? Intent,
    Problem? Problem,
    bool Ignored,
    IReadOnlyList<string>? EventIds,
    IReadOnlyList<TimelineEntry>? Timeline,
    DateTimeOffset? PendingSince,
    string? WaitsFor,
    string? Fingerprints,
    bool Requested,
    DateTimeOffset? MissingSince,
    RecordFacts? Facts,
    DateTimeOffset? MissedAt,
    DateTimeOffset? TargetMissingSince,
    DateTimeOffset? TargetMissedAt,
    string? Made,
    int Unanswered = 0,
    LastRequestBody? LastRequest = null,
    DateTimeOffset? UnansweredSince = null,
    int WrittenBack = 0,
    IReadOnlyList<DateTimeOffset>? WrittenBackAt = null
)
{
    public static EntryBody Of(KeyMapEntry e) =>
        new(
            e.Key.SourceId,
            e.State,
            e.TargetId,
            e.NaturalKey,
            e.Title,
            e.Hash,
            e.Version,
            e.WriteBack,
            e.Adopted,
            e.AttachedTo,
            e.Revision,
            e.Parts,
            e.Waits.Count == 0 ? null : e.Waits,
            e.Intents,
            e.Intent is null ? null : IntentBody.Of(e.Intent),
            e.Problem,
            e.Ignored,
            e.EventIds,
            e.Timeline,
            e.PendingSince,
            e.WaitsFor,
            e.Fingerprints,
            e.Requested,
            e.MissingSince,
            e.Facts,
            e.MissedAt,
            e.TargetMissingSince,
            e.TargetMissedAt,
            e.Made ?? "",
            e.Unanswered,
            e.LastRequest is null ? null : LastRequestBody.Of(e.LastRequest),
            e.UnansweredSince,
            e.WrittenBack,
            e.WrittenBackAt.Count == 0 ? null : e.WrittenBackAt
        );
}

/// <summary>An open intent as it is stored; its function stands in properties of its own.</summary>
internal sealed record IntentBody(
    string ControlId,
    long Counter,
    string Operation,
    string FunctionName,
    string? Hash,
    string? NaturalKey,
    DateTimeOffset At,
    int Sent,
    string? Fingerprints,
    decimal? Total = null,
    DateOnly? Date = null
)
{
    public static IntentBody Of(Intent intent) =>
        new(
            intent.ControlId.Value,
            intent.Counter,
            intent.Operation,
            intent.FunctionName,
            intent.Hash,
            intent.NaturalKey,
            intent.At,
            intent.Sent,
            intent.Fingerprints,
            intent.Total,
            intent.Date
        );

    public Intent With(string function) =>
        new(new ControlId(ControlId), Counter, Operation, FunctionName, function, Hash, NaturalKey, At, Sent)
        {
            Fingerprints = Fingerprints,
            Total = Total,
            Date = Date,
        };
}

/// <summary>The last write that ended, as it is stored; its request stands in a property of its own.</summary>
internal sealed record LastRequestBody(
    DateTimeOffset At,
    string Operation,
    string Call,
    string ControlId,
    string Answer
)
{
    public static LastRequestBody Of(LastRequest last) =>
        new(last.At, last.Operation, last.Call, last.ControlId, last.Answer);

    public LastRequest With(byte[] packed) => new(At, Operation, Call, ControlId, Answer) { Packed = packed };
}
