using IntacctSync.Core.Notifications;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using Microsoft.Azure.Functions.Worker;

namespace IntacctSync.Functions.Triggers;

/// <summary>The timers of housekeeping, failure e-mails, gauges and the comparison at night.</summary>
public sealed class HousekeepingFunctions(
    Housekeeping housekeeping,
    FailureMails mails,
    RecordGauges gauges,
    NightlySchedule nightly
)
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

    /// <summary>Most times nothing is due: a trigger that names the setting would need it to be there.</summary>
    [Function("NightlyReconciliation")]
    public Task NightlyReconciliationAsync(
        [TimerTrigger("45 */5 * * * *")] TimerInfo timer,
        CancellationToken cancellationToken
    ) => nightly.RunDueAsync(cancellationToken);
}
