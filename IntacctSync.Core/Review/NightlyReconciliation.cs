using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Review;

/// <summary>
/// Compares both sides of every connection that is at work, and has people told by mail of what differs.
/// </summary>
public sealed class NightlyReconciliation(
    ConnectionStore connections,
    Reconciliation reconciliation,
    LongRuns runs,
    RunStore stored,
    NoticeStore notices,
    ReviewOptions options,
    TimeProvider time
)
{
    /// <summary>How often one that a person has begun is waited for.</summary>
    private const int Tries = 3;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var connection in await connections.ListAsync(cancellationToken))
        {
            if (connection is { Active: true, Stop: null } && reconciliation.WhyNot(connection, null) is null)
                await RunAsync(connection, today, cancellationToken);
        }
    }

    /// <summary>
    /// Compares one. That it could not be compared is told as well: else silence would read as that nothing differs.
    /// </summary>
    private async Task RunAsync(Connection connection, DateOnly today, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var (run, underWay) = await reconciliation.StartAsync(
                connection,
                today.AddDays(-options.Days),
                today,
                flows: null,
                tells: true,
                cancellationToken
            );

            // One after the other: two at once would only take turns at the company.
            await runs.EndOfAsync(run.RunId, cancellationToken);
            if (underWay)
                continue;
            var ended = await stored.GetAsync(connection.Id, run.RunId, cancellationToken);
            if (ended is { State: RunState.Failed })
                await TellAsync(connection, ended.Report ?? "The log says why.", cancellationToken);
            return;
        }

        await TellAsync(connection, "Another comparison was under way.", cancellationToken);
    }

    private Task TellAsync(Connection connection, string why, CancellationToken cancellationToken) =>
        notices.AddFeedAsync(
            connection.Id,
            RunKinds.Reconcile,
            new Problem(
                "reconcile-failed",
                $"Both sides could not be compared, so it is not known whether they are equal: {why}",
                "Mend that, and have both sides compared."
            ),
            cancellationToken
        );
}
