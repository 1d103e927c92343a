using IntacctSync.Core.Pipeline;

namespace IntacctSync.Local.Pump;

/// <summary>How much the pump takes at once.</summary>
internal sealed record PumpOptions
{
    /// <summary>How many sessions, each an Intacct company, are worked off at the same time.</summary>
    public int Sessions { get; init; } = 16;

    /// <summary>How many messages of a session are received together; what the gate takes into one batch.</summary>
    public int Batch { get; init; } = SessionGate.MaxBatch;

    /// <summary>
    /// How long to wait after an unexpected error, so that a message's deliveries are not used up at once.
    /// </summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);
}
