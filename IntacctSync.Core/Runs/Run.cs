using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Runs;

/// <summary>A detection that a person asked for, and how far it has come.</summary>
public sealed record Run
{
    public required string RunId { get; init; }

    /// <summary><c>poll</c>, <c>backfill</c> or <c>reconcile</c>.</summary>
    public required string Kind { get; init; }

    public required FlowName Flow { get; init; }

    public RunState State { get; init; } = RunState.Running;

    public int Found { get; init; }

    public int Done { get; init; }

    public int Failed { get; init; }

    /// <summary>True once nothing more will be found.</summary>
    public bool Detected { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Report { get; init; }

    public string ETag { get; init; } = "";

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
