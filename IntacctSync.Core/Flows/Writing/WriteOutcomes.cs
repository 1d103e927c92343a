using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Errors;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows.Writing;

/// <summary>What the answer to a write means for the record's row. Pure.</summary>
internal static class WriteOutcomes
{
    /// <summary>
    /// The write landed: target, hash and version take the intent's place in one step, and the id is due at the source.
    /// </summary>
    /// <param name="entry">The row with the intent.</param>
    /// <param name="targetId">Of what was written.</param>
    /// <param name="target">Where records are written to.</param>
    /// <param name="write">What was planned; null where only the intent is known.</param>
    /// <param name="now">When it is known.</param>
    /// <param name="found">How it is known where no answer said so.</param>
    public static KeyMapEntry Landed(
        KeyMapEntry entry,
        string targetId,
        WriteTarget target,
        PlannedWrite? write,
        DateTimeOffset now,
        string? found = null
    )
    {
        var intent = entry.Intent!;
        var what = intent.Operation switch
        {
            Intent.Create => "created",
            Intent.Reverse => "reversed",
            _ => "updated",
        };
        var landed = entry.Close(now, found ?? $"It was carried out: {what} {targetId}.") with
        {
            TargetId = targetId,
            Adopted = false,
            Made = intent.Operation == Intent.Create ? targetId : entry.Made,
            Revision = entry.Revision + (intent.Operation == Intent.Reverse ? 1 : 0),
            Hash = intent.Hash,
            Fingerprints = Fingerprints(entry),
            Version = write?.Version ?? entry.Version,
        };
        return Linked(landed, target, now, what, $"{targetId} (control id {intent.ControlId})");
    }

    /// <summary>No field was to be written: only what is known of the counterpart takes its place.</summary>
    public static KeyMapEntry Equal(PlannedWrite write, WriteTarget target, DateTimeOffset now) =>
        Linked(
            write.Entry with
            {
                Adopted = false,
                Hash = write.Hash,
                Fingerprints = write.Fingerprints,
                Version = write.Version ?? write.Entry.Version,
            },
            target,
            now,
            "unchanged",
            write.Entry.Adopted
                ? "It stays as it was found. From now on what changes at the source is written."
                : "No field that is written has changed at the source."
        );

    /// <summary>
    /// A write without a hash may have carried something else than was found: what it changed is then not known.
    /// </summary>
    private static string? Fingerprints(KeyMapEntry entry)
    {
        var intent = entry.Intent!;
        return intent switch
        {
            { Hash: not null } or { Fingerprints: null } => intent.Fingerprints,
            { Operation: Intent.Create } => null,
            _ when entry.Fingerprints is null => null,
            _ => KeyMap
                .Fingerprints.Of(entry.Fingerprints)
                .Doubting(KeyMap.Fingerprints.Of(intent.Fingerprints))
                .ToString(),
        };
    }

    /// <summary>The counterpart was there already.</summary>
    public static KeyMapEntry Linked(
        KeyMapEntry entry,
        WriteTarget target,
        DateTimeOffset now,
        string what,
        string detail
    )
    {
        var due = target.WritesBack(entry, entry.TargetId!);
        var linked = due
            ? (
                entry with
                {
                    State = Domain.RecordState.Pending,
                    Problem = null,
                    WriteBack = WriteBack.Due,
                    PendingSince = entry.PendingSince ?? now,
                }
            ).Note(now, what, detail)
            : entry.Sync(now, what, detail);
        return linked;
    }

    /// <summary>Whether nothing can be concluded from this result, so that it has to be looked up.</summary>
    public static bool SaysNothing(FunctionResult result) =>
        result.Failure is IntacctFailure.OutcomeUnknown or IntacctFailure.ReplayRefused;

    public static Failure InDoubt(TimeSpan settleAfter) =>
        new(
            FailureClass.InDoubt,
            new Domain.Problem(
                "in-doubt",
                "Intacct has not said what became of a write; it will be looked up.",
                "Nothing: it is looked up by itself."
            ),
            settleAfter
        );

    /// <summary>The write was certainly not carried out.</summary>
    public static WriteOutcome RefusedAs(KeyMapEntry entry, FunctionResult result, DateTimeOffset now)
    {
        var failure = Refused(result);
        return new WriteOutcome(entry.Close(now, InWords(failure)), failure, result);
    }

    /// <summary>A refusal, as the answer that is kept with the request.</summary>
    public static string InWords(Failure failure) => $"It was refused: {failure.Problem.Message}";

    public static Failure Refused(FunctionResult result) =>
        IntacctFailures.Of(result.Failure ?? IntacctFailure.Unknown, result.Errors.ToString(), result.Errors);

    /// <summary>
    /// It was not sent, because an earlier request of the batch had no answer, or a refusal that concerns all.
    /// </summary>
    public static Failure NotSent(Failure cause) =>
        cause.Class is FailureClass.InDoubt
            ? new Failure(
                FailureClass.Transient,
                new Domain.Problem(
                    "intacct-no-answer",
                    "Intacct did not answer the request before this one.",
                    "Nothing: it is tried again by itself."
                )
            )
            : cause;
}
