using IntacctSync.Core.Notifications;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Runs;
using Microsoft.Azure.Functions.Worker;

namespace IntacctSync.Functions.Triggers;

/// <summary>The timers of housekeeping, failure e-mails and gauges.</summary>
public sealed class HousekeepingFunctions(Housekeeping housekeeping, FailureMails mails, RecordGauges gauges)
{
    [Function("Housekeeping")]
    public Task HousekeepingAsync(
        [TimerTrigger("0 30 3 * * *")] TimerInfo timer,
        CancellationToken cancellationToken
    ) => housekeeping.RunAsync(cancellationToken);

    [Function("FailureDigest")]
    public Task FailureDigestAsync(
        [TimerTrigger("0 * * * * *")] TimerInfo timer,
        CancellationToken cancellationToken
    ) => mails.RunAsync(cancellationToken);

    [Function("RecordGauges")]
    public Task RecordGaugesAsync(
        [TimerTrigger("30 */5 * * * *")] TimerInfo timer,
        CancellationToken cancellationToken
    ) => gauges.RunAsync(cancellationToken);
}
