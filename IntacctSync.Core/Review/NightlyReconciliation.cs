using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Review;

/// <summary>
/// Carries the comparison of one connection for one night to its end, in as many turns as it takes. What differs is
/// told by the comparison itself; that there was none is told here: else silence would read as that nothing differs.
/// </summary>
public sealed class NightlyReconciliation(
    ITable table,
    ConnectionStore connections,
    Reconciliation reconciliation,
    LongRuns runs,
    RunStore stored,
    NoticeStore notices,
    ReviewOptions options,
    TimeProvider time
)
{
    /// <summary>How often one that was broken off with its process is begun.</summary>
    private const int MostTries = 3;

    /// <summary>How often it is looked whether a run of another process has ended.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(20);

    /// <summary>Begins the comparison, or goes on waiting for it.</summary>
    /// <returns>Where it stands then: it is owed still, where the patience was over before the run.</returns>
    internal async Task<NightlyRun> CarryOnAsync(
        Connection listed,
        NightlyRun night,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        while (true)
        {
            // It may have been deactivated or deleted while a run was waited for.
            if (
                await connections.GetAsync(listed.Id, cancellationToken) is not { Active: true } connection
                || reconciliation.WhyNot(connection, null) is not null
            )
                return night with { IsOwed = false };

            // It is owed until the connection goes on: the next one who wakes looks again.
            if (connection.Stop is not null && night.RunId is null)
                return night;
            var other = night.RunId is null ? await BeginAsync(connection) : null;
            var ended = await EndOfAsync(
                connection.Id,
                other ?? night.RunId!,
                patience - time.GetElapsedTime(began),
                cancellationToken
            );
            if (ended is { State: RunState.Running })
                return night;

            // The way is free: one that was under way has ended.
            if (other is not null)
                continue;

            var now = await connections.GetAsync(listed.Id, cancellationToken);
            if (ended is null && now is null)
                return night with { IsOwed = false, RunId = null };
            if (ended is null or { State: RunState.Failed } && now is { Active: true, Stop: not null })
                return night with { RunId = null };
            if (ended is null or { State: RunState.Failed, IsInterrupted: true } && night.Tries + 1 < MostTries)
            {
                night = await KeepAsync(night with { RunId = null, Tries = night.Tries + 1 });
                continue;
            }

            if (ended is null or { State: RunState.Failed })
                await TellAsync(
                    connection,
                    ended?.Report ?? "The run ended without a reason; the log of this host may have it.",
                    cancellationToken
                );
            return night with { IsOwed = false, RunId = null };
        }

        // The id of a run that somebody else has begun; null where ours has.
        async Task<string?> BeginAsync(Connection connection)
        {
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            var (run, underWay) = await reconciliation.StartAsync(
                connection,
                today.AddDays(-options.Days),
                today,
                flows: null,
                tells: true,
                cancellationToken
            );
            if (underWay)
                return run.RunId;
            night = await KeepAsync(night with { RunId = run.RunId });
            return null;
        }

        // Kept at once, so that whoever comes after a process that ended knows of it.
        async Task<NightlyRun> KeepAsync(NightlyRun next) =>
            await next.SaveAsync(table, listed.Id, cancellationToken) ?? next;
    }

    /// <summary>Waits for the end of a run, of this process or of another one.</summary>
    /// <returns>The run as it is then; null where it is not there any more.</returns>
    private async Task<Run?> EndOfAsync(
        ConnectionId connection,
        string runId,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var left = patience - time.GetElapsedTime(began);
            if (left > TimeSpan.Zero)
                await runs.EndOfAsync(runId, left, cancellationToken);
            var run = await stored.GetAsync(connection, runId, cancellationToken);
            if (run is not { State: RunState.Running } || time.GetElapsedTime(began) >= patience)
                return run;
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    /// <summary>
    /// Tells that the comparison of a night never began: by mail, and as a failed run where runs are looked at.
    /// </summary>
    internal async Task TellNeverRanAsync(Connection connection, string why, CancellationToken cancellationToken)
    {
        if (reconciliation.WhyNot(connection, null) is not null)
            return;
        var run = await stored.StartAsync(
            connection.Id,
            RunKinds.Reconcile,
            null,
            new RunReach { Nightly = true },
            cancellationToken
        );
        await stored.ChangeAsync(
            connection.Id,
            run.RunId,
            r => r with { State = RunState.Failed, EndedAt = time.GetUtcNow(), Report = why },
            cancellationToken
        );
        await TellAsync(connection, why, cancellationToken);
    }

    private Task TellAsync(Connection connection, string why, CancellationToken cancellationToken) =>
        notices.AddFeedAsync(connection.Id, RunKinds.Reconcile, NightlyLetter.OfFailure(why), cancellationToken);
}
