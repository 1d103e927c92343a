using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Waiting;

/// <summary>
/// What a parent without a counterpart means for a record that belongs to it: waiting for a parent that will come is no
/// failure; if the parent will never come, the child needs a person.
/// </summary>
/// <param name="Failure">Why the record can't go on now.</param>
/// <param name="SendFor">Whether the parent is to be put on the queue.</param>
public sealed record ParentVerdict(Failure Failure, bool SendFor)
{
    private const int LongestReadable = 24;
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a child waits at most if its parent needs a person. It is put on the queue earlier, as soon as its
    /// parent has another end; this pause is only for an end that was missed.
    /// </summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(12);

    /// <summary>
    /// A parent that was looked at less long ago has an envelope of its own; another one would not hasten it, and
    /// would wait beside it until the parent has an end.
    /// </summary>
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1);

    /// <summary>Pure.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="row">What the key map knows of it.</param>
    /// <param name="flow">What its app says of its flow.</param>
    /// <param name="synced">Whether its flow is on.</param>
    /// <param name="age">How long the child has waited.</param>
    /// <param name="now">The time.</param>
    public static ParentVerdict For(
        ParentKey parent,
        KeyMapEntry row,
        FlowParents flow,
        bool synced,
        TimeSpan age,
        DateTimeOffset now
    )
    {
        var name = row.Title is { Length: > 0 } title ? $"'{title}' ({parent.Flow})" : Untitled(parent);
        return row switch
        {
            { Ignored: true } => Never(
                ParentProblems.Ignored,
                $"It belongs to {name}, which is ignored.",
                $"Retry or link {name}, or ignore this record as well."
            ),
            _ when !synced => Never(
                ParentProblems.NotSynced,
                $"It belongs to {name}, and {parent.Flow} are not synced.",
                $"Switch {parent.Flow} on, or link {name} by hand, then retry."
            ),
            { State: RecordState.Skipped }
                when !flow.Flow.IsLookedAtAgain(parent.SourceId)
                    && !LastOf(row).StartsWith(RecordPass.ShadowMode, StringComparison.Ordinal) => Never(
                ParentProblems.Skipped,
                $"It belongs to {name}, which is not synced: {LastOf(row)}",
                $"Restore {name} in {flow.App}, or link it by hand, then retry."
            ),
            { State: RecordState.NeedsAction or RecordState.Dead } => new ParentVerdict(
                Waits(name, $", which needs a person: {row.Problem?.Message}", age, LongestHold),
                SendFor: false
            ),
            _ => new ParentVerdict(
                Waits(name, "", age, LongestWait),
                SendFor: row.State != RecordState.InDoubt && !flow.Flow.ComesByItself && !IsUnderWay(row, now)
            ),
        };
    }

    private static bool IsUnderWay(KeyMapEntry row, DateTimeOffset now) =>
        row is { State: RecordState.Pending, Timeline: [.., var last] }
        && NotedTimes.IsWithin(row.WaitsFor is null ? LongestRetry : LongestHold + LongestRetry, last.At, now);

    /// <summary>A long id, which only a program reads, says nothing to a person.</summary>
    private static string Untitled(ParentKey parent) =>
        parent.SourceId.Length <= LongestReadable ? parent.ToString() : $"its record among the {parent.Flow}";

    private static string LastOf(KeyMapEntry row) => row.Timeline is [.., var last] ? last.Detail : "";

    private static Failure Waits(string name, string why, TimeSpan age, TimeSpan longest) =>
        new(
            FailureClass.Throttled,
            new Problem(
                ParentProblems.Waits,
                $"Waits for {name}{why}",
                "Nothing: it goes on when that has its counterpart."
            ),
            TimeSpan.FromTicks(Math.Clamp(age.Ticks / 2, ShortestWait.Ticks, longest.Ticks))
        );

    private static ParentVerdict Never(string code, string message, string fix) =>
        new(new Failure(FailureClass.Data, new Problem(code, message, fix)), SendFor: false);
}

/// <summary>Problems of a record that go away by themselves when its parent gets its counterpart.</summary>
public static class ParentProblems
{
    public const string Ignored = "parent-ignored";
    public const string NotSynced = "parent-not-synced";
    public const string Skipped = "parent-skipped";
    public const string Waits = "parent-waits";
}
