using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Review;

/// <summary>What a sync would do with a record, and why. Pure.</summary>
/// <param name="Kind">In one word.</param>
/// <param name="Why">In a sentence.</param>
/// <param name="Fix">What a person must do first; null where nothing.</param>
public sealed record RehearsalVerdict(RehearsedKind Kind, string Why, string? Fix = null)
{
    public static RehearsalVerdict Of(RehearsedRecord record, string appTitle)
    {
        var (before, after) = (record.Before, record.After);
        if (record.Failure is { } failure)
        {
            var problem = failure.Problem.Naming(appTitle);
            return failure.Class switch
            {
                FailureClass.InDoubt when failure.AsksPerson => new(RehearsedKind.Ask, problem.Message, problem.Fix),
                FailureClass.Data => new(RehearsedKind.Ask, problem.Message, problem.Fix),
                FailureClass.InDoubt => new(RehearsedKind.Wait, problem.Message, problem.Fix),
                FailureClass.Throttled when !failure.NotNow => new(RehearsedKind.Wait, problem.Message, problem.Fix),
                _ => new(RehearsedKind.Failed, problem.Message, problem.WhereAsked().Fix),
            };
        }

        var told = after.Timeline.Skip(Kept(before, after)).ToList();
        var last = after.Timeline is [.., var end] ? end.Detail : "Nothing is to be done.";
        if (after.State == RecordState.Skipped)
            return new(RehearsedKind.Skip, last);
        if (told.Find(t => t.What == "adopted") is { } adopted)
            return new(RehearsedKind.Adopt, $"Its counterpart is there already ({adopted.Detail.TrimEnd('.')}).");

        // One that is mapped anew is written under the number that it had.
        var opened = told.Exists(t => t.What == "mappedAnew") ? before.Intents - 1 : before.Intents;
        if (after.Intents > opened)
            return before.TargetId is null
                ? Tried(before, new(RehearsedKind.Create, "It has no counterpart yet, and one would be made."))
                : Tried(before, new(RehearsedKind.Change, "It has changed since it was last carried over."));
        return before.TargetId is null && after.TargetId is not null
            ? new(RehearsedKind.Adopt, $"Its counterpart is there already ({last.TrimEnd('.')}).")
            : new(RehearsedKind.Equal, last);
    }

    /// <summary>
    /// What the other side has refused before is seen only when it is sent again: a rehearsal can't say whether it was
    /// mended.
    /// </summary>
    private static RehearsalVerdict Tried(KeyMapEntry before, RehearsalVerdict verdict) =>
        before is { State: RecordState.NeedsAction or RecordState.Dead, Problem: { } problem }
            ? verdict with
            {
                Why = $"{verdict.Why} The last try needed a person: {problem.Message}",
                Fix = problem.Fix,
            }
            : verdict;

    /// <summary>How many lines of the story were there before.</summary>
    private static int Kept(KeyMapEntry before, KeyMapEntry after) =>
        before.Timeline is [.., var last]
            ? after.Timeline.ToList().FindLastIndex(t => t.At == last.At && t.Detail == last.Detail) + 1
            : 0;
}

/// <summary>What a sync would do with a record.</summary>
public enum RehearsedKind
{
    /// <summary>A counterpart would be made.</summary>
    Create,

    /// <summary>One that exists would be taken for its counterpart.</summary>
    Adopt,

    /// <summary>Its counterpart would be changed, reversed or voided.</summary>
    Change,

    /// <summary>Both sides are equal.</summary>
    Equal,

    /// <summary>It would be left out.</summary>
    Skip,

    /// <summary>A person would be asked.</summary>
    Ask,

    /// <summary>It would wait for another record, or for a write whose outcome is being looked up.</summary>
    Wait,

    /// <summary>It could not be told now, since a system did not answer as it should.</summary>
    Failed,
}
