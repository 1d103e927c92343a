using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Runs;

/// <summary>What a person asked for that takes its time, and how far it has come.</summary>
public sealed record Run
{
    public required string RunId { get; init; }

    /// <summary>One of <see cref="RunKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Null for a run of all flows.</summary>
    public FlowName? Flow { get; init; }

    /// <summary>What it was asked to look at.</summary>
    public RunReach Reach { get; init; } = RunReach.None;

    /// <summary>Whether a backfill reads everything, and not only what changed since some day.</summary>
    public bool Full => Reach.Full;

    public RunState State { get; init; } = RunState.Running;

    public int Found { get; init; }

    public int Done { get; init; }

    public int Failed { get; init; }

    /// <summary>
    /// How many records the source counts behind those that were found; null where it does not say. Some of them may
    /// be no records of the flow.
    /// </summary>
    public long? Ahead { get; init; }

    /// <summary>How many are still to be worked off, those ahead among them; null while that can't be told.</summary>
    public long? Left =>
        State == RunState.Running && (Detected ? 0 : Ahead) is { } ahead ? Found - Done - Failed + ahead : null;

    /// <summary>True once nothing more will be found.</summary>
    public bool Detected { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed; or, as JSON, what it found, with why it was broken off as <c>message</c>.</summary>
    public string? Report { get; init; }

    /// <summary>When the process that works at it last said so; null for a run that the queue carries.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>Whether it failed only since its process ended before it: started again it may succeed.</summary>
    public bool IsInterrupted { get; init; }

    public string ETag { get; init; } = "";

    /// <summary>
    /// The run as it counts now: one whose process has not been heard of for a while ended with it. Pure.
    /// </summary>
    public Run HeldAgainst(DateTimeOffset now) =>
        State == RunState.Running && SeenAt is { } seen && !NotedTimes.IsWithin(Silence, seen, now)
            ? this with
            {
                State = RunState.Failed,
                EndedAt = seen,
                IsInterrupted = true,
                Report = "The process that worked at it ended before it was done: start it again.",
            }
            : this;

    /// <summary>After so long without a word, a process counts as ended.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(3);

    /// <summary>Ends the run when all that was found has been worked off.</summary>
    public Run Settle(DateTimeOffset now) =>
        State == RunState.Running && Detected && Done + Failed >= Found
            ? this with
            {
                State = RunState.Done,
                EndedAt = now,
            }
            : this;
}

public enum RunState
{
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>The kinds of runs.</summary>
public static class RunKinds
{
    public const string Poll = "poll";
    public const string Backfill = "backfill";
    public const string Preview = "preview";
    public const string Reconcile = "reconcile";
    public const string Rebuild = "rebuild";
}
