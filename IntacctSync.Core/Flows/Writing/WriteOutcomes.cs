using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Errors;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;

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
            Unanswered = 0,
            UnansweredSince = null,
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
    public static string? Fingerprints(KeyMapEntry entry)
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
                    State = RecordState.Pending,
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
            new Problem(
                "in-doubt",
                "Intacct has not said what became of a write; it will be looked up.",
                "Nothing: it is looked up by itself."
            ),
            settleAfter
        );

    /// <summary>How often a write goes without an answer before a person is told.</summary>
    private const int MostUnanswered = 8;

    /// <summary>
    /// How long a write without an answer is left alone. What never gets one may hold up its company for minutes each
    /// time, so this grows to four times as long.
    /// </summary>
    public static TimeSpan Pause(TimeSpan settleAfter, KeyMapEntry entry) =>
        settleAfter * (1 << Math.Clamp(entry.Unanswered - 2, 0, 2));

    /// <summary>
    /// A write got no answer again. After days of that a person is told; the intent stays, so that a retry looks first
    /// what became of it.
    /// </summary>
    /// <param name="entry">Its row, with this time counted.</param>
    /// <param name="system">What a person calls the other side.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null while it is looked up by itself.</returns>
    public static Failure? GivenUp(KeyMapEntry entry, string system, DateTimeOffset now) =>
        entry.Unanswered < MostUnanswered
        || entry.UnansweredSince is not { } since
        || now - since < FailurePolicy.Horizon
            ? null
            : new Failure(
                FailureClass.InDoubt,
                new Problem(
                    "write-unanswered",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{system} has not answered its write for {(now - since).TotalDays:0} days, though it was sent "
                            + $"{entry.Unanswered} times (control id {entry.Intent?.ControlId})."
                    ),
                    UnansweredFix(entry, system)
                )
            )
            {
                AsksPerson = true,
            };

    private static string UnansweredFix(KeyMapEntry entry, string system) =>
        entry.Intent?.Operation switch
        {
            Intent.Reverse =>
                $"See whether {entry.TargetId} is reversed in {system}. Then retry: that is looked at first. "
                    + "Or reverse it there by hand, then retry.",
            Intent.Void =>
                $"See whether it is void in {system}. Then retry: that is looked at first. Or void it there by hand, "
                    + "then retry.",
            Intent.Update =>
                $"Look at it in {system}. If the change is not there, make the record smaller, for example "
                    + "by dividing it, then retry: it is sent as it is by then. Or change it there by hand and ignore "
                    + "this record.",
            _ => $"Look for it in {system}. If it is there, retry: it is found then. If it is not, make the record "
                + "smaller, for example by dividing it, then retry: it is sent as it is by then. Or enter it there by "
                + "hand and ignore this record.",
        };

    /// <summary>
    /// How late Intacct may show what was written: its lists are up to two hours behind, as those report who copy them
    /// (estuary/connectors, source-sage-intacct). What is not found before that may be there all the same.
    /// </summary>
    public static readonly TimeSpan ShownWithin = TimeSpan.FromMinutes(135);

    /// <summary>
    /// A write of which a person was told and that is not found is not sent again as it was: the record may have been
    /// made smaller meanwhile. Its row without the intent, so that it is mapped anew; null where the write is sent
    /// again. A reversal has nothing that could be made smaller, and what Intacct says to have carried out is no longer
    /// without an answer.
    /// </summary>
    public static KeyMapEntry? Released(KeyMapEntry entry, DateTimeOffset now)
    {
        var intent = entry.Intent!;
        return intent.Operation == Intent.Reverse || intent.Sent > 0 || GivenUp(entry, "Intacct", now) is null
            ? null
            : LetGo(entry, now);
    }

    /// <summary>
    /// The row of a write that is not found, without its intent. What is written next goes out under the same control
    /// id, so that it can't be carried out beside the former one; but for a reversal that Intacct takes no more under
    /// its id: that its counterpart stands proves that it did nothing. How often no answer came counts on until a
    /// person was told.
    /// </summary>
    public static KeyMapEntry LetGo(KeyMapEntry entry, DateTimeOffset now)
    {
        var intent = entry.Intent!;
        var reversal = intent.Operation == Intent.Reverse;
        if (reversal && intent.Sent > 0)
            return Replays.NotLandedRow(entry, now);
        var unknown = entry with { Intent = intent with { Hash = null } };
        return entry.Release(now) with
        {
            Hash = reversal ? entry.Hash : null,
            Fingerprints = reversal ? entry.Fingerprints : Fingerprints(unknown),
            Unanswered = GivenUp(entry, "Intacct", now) is null ? entry.Unanswered : 0,
            UnansweredSince = entry.UnansweredSince ?? intent.At,
        };
    }

    /// <summary>What becomes of those behind a request that got no answer, which are in doubt as before.</summary>
    public static Failure NotSettled(Failure cause) =>
        cause.Class is FailureClass.InDoubt
            ? new Failure(FailureClass.Throttled, NotSent(cause).Problem, TimeSpan.FromMinutes(1))
            : cause;

    /// <summary>The write was certainly not carried out.</summary>
    public static WriteOutcome RefusedAs(KeyMapEntry entry, FunctionResult result, DateTimeOffset now)
    {
        var failure = Refused(result);
        return new WriteOutcome(entry.Refuse(now, InWords(failure)), failure, result);
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
                new Problem(
                    "intacct-no-answer",
                    "Intacct did not answer the request before this one.",
                    "Nothing: it is tried again by itself."
                )
            )
            : cause;
}
