using IntacctSync.Core.Domain;

namespace IntacctSync.Local.Timers;

/// <summary>Sends the polls of the flows that are due: the poller of the pipeline.</summary>
internal delegate Task PollTick(
    IReadOnlyList<FlowName> flows,
    DateTimeOffset tick,
    CancellationToken cancellationToken
);
