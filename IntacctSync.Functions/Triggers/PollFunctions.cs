using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using Microsoft.Azure.Functions.Worker;

namespace IntacctSync.Functions.Triggers;

/// <summary>The timers of the feeds. Each only puts polls on the queue, one for each active connection.</summary>
public sealed class PollFunctions(Poller poller, AppProfiles apps, TimeProvider time)
{
    [Function("PollZuper")]
    public Task ZuperAsync([TimerTrigger("%Polling:Zuper%")] TimerInfo timer, CancellationToken cancellationToken) =>
        TickAsync("Polling:Zuper", cancellationToken);

    [Function("PollProducts")]
    public Task ProductsAsync(
        [TimerTrigger("%Polling:Products%")] TimerInfo timer,
        CancellationToken cancellationToken
    ) => TickAsync("Polling:Products", cancellationToken);

    [Function("PollPayments")]
    public Task PaymentsAsync(
        [TimerTrigger("%Polling:Payments%")] TimerInfo timer,
        CancellationToken cancellationToken
    ) => TickAsync("Polling:Payments", cancellationToken);

    [Function("PollUpflow")]
    public Task UpflowAsync([TimerTrigger("%Polling:Upflow%")] TimerInfo timer, CancellationToken cancellationToken) =>
        TickAsync("Polling:Upflow", cancellationToken);

    private Task TickAsync(string timer, CancellationToken cancellationToken) =>
        poller.TickAsync(apps.OfTimer(timer), time.GetUtcNow(), cancellationToken);
}
