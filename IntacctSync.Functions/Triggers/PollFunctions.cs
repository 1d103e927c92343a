using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using Microsoft.Azure.Functions.Worker;

namespace IntacctSync.Functions.Triggers;

/// <summary>
/// The timers of the feeds. Each only puts polls on the queue, one for each active connection. Their schedules are
/// settings with flat names; see <see cref="PollingOptions.Flat"/>.
/// </summary>
public sealed class PollFunctions(Poller poller, AppProfiles apps, TimeProvider time)
{
    [Function("PollZuper")]
    public Task ZuperAsync([TimerTrigger("%POLLING_ZUPER%")] TimerInfo timer, CancellationToken cancellationToken) =>
        TickAsync("Polling:Zuper", cancellationToken);

    [Function("PollProducts")]
    public Task ProductsAsync(
        [TimerTrigger("%POLLING_PRODUCTS%")] TimerInfo timer,
        CancellationToken cancellationToken
    ) => TickAsync("Polling:Products", cancellationToken);

    [Function("PollPayments")]
    public Task PaymentsAsync(
        [TimerTrigger("%POLLING_PAYMENTS%")] TimerInfo timer,
        CancellationToken cancellationToken
    ) => TickAsync("Polling:Payments", cancellationToken);

    [Function("PollUpflow")]
    public Task UpflowAsync([TimerTrigger("%POLLING_UPFLOW%")] TimerInfo timer, CancellationToken cancellationToken) =>
        TickAsync("Polling:Upflow", cancellationToken);

    private Task TickAsync(string timer, CancellationToken cancellationToken) =>
        poller.TickAsync(apps.OfTimer(timer), time.GetUtcNow(), cancellationToken);
}
