using IntacctSync.Core.Connections;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Review;

/// <summary>
/// Compares both sides of every connection that is at work, and has people told by mail of what differs.
/// </summary>
public sealed class NightlyReconciliation(
    ConnectionStore connections,
    Reconciliation reconciliation,
    LongRuns runs,
    ReviewOptions options,
    TimeProvider time
)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var connection in await connections.ListAsync(cancellationToken))
        {
            if (connection is not { Active: true, Stop: null })
                continue;
            var (run, _) = await reconciliation.StartAsync(
                connection,
                today.AddDays(-options.Days),
                today,
                flows: null,
                tells: true,
                cancellationToken
            );

            // One after the other: two at once would only take turns at the company.
            await runs.EndOfAsync(run.RunId, cancellationToken);
        }
    }
}
