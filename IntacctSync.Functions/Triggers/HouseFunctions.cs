using IntacctSync.Core.Runs;
using Microsoft.Azure.Functions.Worker;

namespace IntacctSync.Functions.Triggers;

/// <summary>The timers of the house.</summary>
public sealed class HouseFunctions(Housekeeping housekeeping)
{
    [Function("Housekeeping")]
    public Task HousekeepingAsync([TimerTrigger("0 30 3 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        housekeeping.RunAsync(cancellationToken);
}
