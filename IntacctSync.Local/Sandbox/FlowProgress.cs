using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Runs;

namespace IntacctSync.Local.Sandbox;

/// <summary>How far a flow has come at one moment.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Run">The run that works off all of it.</param>
/// <param name="Counts">Its records by state.</param>
internal sealed record FlowProgress(FlowName Flow, Run Run, RecordCounts Counts)
{
    /// <summary>The run has ended.</summary>
    public bool Ended => Run.State != RunState.Running;

    /// <summary>
    /// Records that the run found, or that came from them, such as the own customer of a person without an
    /// organization.
    /// </summary>
    public int Found => Math.Max(Run.Found, Counts.Total);

    /// <summary>Of those that are found, as the table counts them: what has come to an end for now.</summary>
    public int WorkedOff => Counts.Total - Counts.Of(RecordState.Pending) - Counts.Of(RecordState.InDoubt);

    public int Synced => Counts.Of(RecordState.Synced);

    public int Skipped => Counts.Of(RecordState.Skipped);

    public int NeedsAction => Counts.Of(RecordState.NeedsAction);

    /// <summary>Records that were given up, or that are still pending although the sync should have ended.</summary>
    public int Failed => Counts.Of(RecordState.Dead) + Counts.Of(RecordState.Pending) + Counts.Of(RecordState.InDoubt);
}
