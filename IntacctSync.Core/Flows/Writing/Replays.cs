using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows.Writing;

/// <summary>What the answers to writes say that were sent again under their own control ids. Pure.</summary>
internal static class Replays
{
    /// <summary>It certainly did nothing: the next try takes another id.</summary>
    public static Failure NotLanded { get; } =
        new(
            FailureClass.Throttled,
            new Problem(
                "in-doubt",
                "A reversal without an answer has turned out not to have happened.",
                "Nothing: it is sent anew by itself."
            ),
            TimeSpan.FromSeconds(2)
        );

    /// <summary>The row of such a reversal.</summary>
    public static KeyMapEntry NotLandedRow(KeyMapEntry entry, DateTimeOffset now) =>
        entry
            .Close(now, "No answer came, and it was not carried out.")
            .Note(
                now,
                "notLanded",
                $"Intacct takes control id {entry.Intent!.ControlId} no more, and {entry.TargetId} is not reversed."
            );

    /// <summary>Whether Intacct says that it has worked at the control id before, or nothing at all.</summary>
    public static bool IsRefused(FunctionResult result) =>
        result.Failure == IntacctFailure.ReplayRefused || result.WithoutStatus;

    /// <summary>What the answer to a write that was sent again says of it. Pure.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="result">The answer.</param>
    /// <param name="target">What was written.</param>
    /// <param name="settleAfter">How long what stays in doubt is left alone.</param>
    /// <param name="now">When it came.</param>
    /// <param name="ended">For a reversal, whether its counterpart is out of the books as seen after the answer; null
    /// where that shows nowhere.</param>
    public static WriteOutcome Judge(
        KeyMapEntry entry,
        FunctionResult result,
        WriteTarget target,
        TimeSpan settleAfter,
        DateTimeOffset now,
        bool? ended = null
    )
    {
        var intent = entry.Intent!;
        var create = intent.Operation == Intent.Create;
        var refusedReplay = IsRefused(result);

        // A function that failed may have used up its control id as well. So a refused replay of a reversal proves
        // nothing; only the invoice tells.
        if (refusedReplay && intent.Operation == Intent.Reverse && ended == false)
            return new WriteOutcome(target.GoneAsync is null ? NotLandedRow(entry, now) : entry, NotLanded, result);
        if (result.Status == FunctionStatus.Success || (refusedReplay && !create))
        {
            // Nor does a refused replay prove that an update landed. Without a hash, and with its fields in doubt, it
            // is held against what the source has, and written again where that differs.
            var landed =
                refusedReplay && intent.Operation == Intent.Update
                    ? entry with
                    {
                        Intent = intent with { Hash = null },
                    }
                    : entry;
            if ((create ? target.TargetIdOf(intent, result) : entry.TargetId) is { } targetId)
            {
                var settled = WriteOutcomes.Landed(
                    landed,
                    targetId,
                    target,
                    null,
                    now,
                    refusedReplay
                        ? "Intacct has worked at this control id before; it does not say what came of it."
                        : null
                );

                // A refused replay is no answer to what was to be written: if each round ends so, it counts on until a
                // person is told.
                if (refusedReplay && intent.Operation == Intent.Update)
                    settled = settled with { Unanswered = entry.Unanswered, UnansweredSince = entry.UnansweredSince };
                return new WriteOutcome(settled, null, result);
            }
        }

        if (
            result.Status == FunctionStatus.Success
            || refusedReplay
            || (create && result.Failure == IntacctFailure.Duplicate)
        )
        {
            // Intacct says that it was carried out, and yet it was not found a moment ago. It may become visible later.
            var again = entry with
            {
                Intent = intent with { Sent = intent.Sent + 1 },
            };
            return new WriteOutcome(
                again.Doubt(now, "Sent again; Intacct says that it has it, but it could not be found yet."),
                WriteOutcomes.InDoubt(settleAfter),
                result
            );
        }

        // An answer without a result for the function is no refused replay. It says as little as the first answer did.
        if (WriteOutcomes.SaysNothing(result))
        {
            var doubted = entry.Doubt(now, "Sent again; Intacct's answer does not say what became of it.");
            return new WriteOutcome(
                doubted,
                WriteOutcomes.GivenUp(doubted, "Intacct", now) ?? WriteOutcomes.InDoubt(settleAfter),
                result
            );
        }

        return WriteOutcomes.RefusedAs(entry, result, now);
    }
}
