using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using Microsoft.Azure.Functions.Worker;

namespace IntacctSync.Functions.Triggers;

/// <summary>The timers of the feeds. Each only puts polls on the queue, one for each active connection.</summary>
public sealed class PollFunctions(Poller poller, TimeProvider time)
{
    [Function("PollZuper")]
    public Task ZuperAsync([TimerTrigger("%Polling:Zuper%")] TimerInfo timer, CancellationToken cancellationToken) =>
        TickAsync(Feeds.OfZuper, cancellationToken);

    [Function("PollProducts")]
    public Task ProductsAsync(
        [TimerTrigger("%Polling:Products%")] TimerInfo timer,
        CancellationToken cancellationToken
    ) => TickAsync([FlowName.Products], cancellationToken);

    [Function("PollPayments")]
    public Task PaymentsAsync(
        [TimerTrigger("%Polling:Payments%")] TimerInfo timer,
        CancellationToken cancellationToken
    ) => TickAsync([FlowName.Payments], cancellationToken);

    private Task TickAsync(IReadOnlyList<FlowName> flows, CancellationToken cancellationToken) =>
        poller.TickAsync(flows, time.GetUtcNow(), cancellationToken);
}
