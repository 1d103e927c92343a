using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Waiting;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Pipeline;

/// <summary>Has feeds read, and decides what becomes of a reading that failed.</summary>
public sealed partial class DetectionStage(
    AppCatalog apps,
    Backfill backfill,
    WaitingChildren children,
    ConnectionGuard guard,
    RunStore runs,
    CursorStore cursors,
    ConnectionTimeline timeline,
    NoticeStore notices,
    EmailOptions email,
    TimeProvider time,
    ILogger<DetectionStage> logger
)
{
    private static readonly TimeSpan SwitchedOff = TimeSpan.FromMinutes(15);

    /// <summary>A shorter wait is left to the records themselves.</summary>
    private static readonly TimeSpan LeastWait = TimeSpan.FromSeconds(2);

    internal async Task<Disposition> PollAsync(
        Connection connection,
        ConnectionAccess access,
        IReadOnlyList<ReceivedEnvelope> polls,
        CancellationToken cancellationToken
    )
    {
        var runIds = polls.Select(p => p.Envelope.RunId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (!FlowName.TryParse(polls[0].Envelope.Feed, out var flow) || !connection.Settings.Syncs(flow))
        {
            await ForgetPollAsync(connection, polls[0].Envelope, cancellationToken);
            await EndAsync(
                connection,
                runIds,
                $"The flow {polls[0].Envelope.Feed} was switched off before its feed was read. Switch it on, "
                    + $"then run it again.",
                cancellationToken
            );
            return new Disposition.Complete();
        }

        return await DecideAsync(
            connection,
            access,
            polls[0].Envelope,
            runIds,
            async () =>
            {
                await children.ReleaseSwitchedOnAsync(connection, flow, cancellationToken);
                return await apps.FeedOf(connection, flow).SweepAsync(connection, access, runIds, cancellationToken)
                    ? new Disposition.Complete()
                    : new Disposition.Retry(TimeSpan.Zero, Failed: false);
            },
            cancellationToken
        );
    }

    internal Task<Disposition> BackfillAsync(
        Connection connection,
        ConnectionAccess access,
        ReceivedEnvelope bookmark,
        CancellationToken cancellationToken
    ) =>
        DecideAsync(
            connection,
            access,
            bookmark.Envelope,
            bookmark.Envelope.RunId is { } runId ? [runId] : [],
            async () =>
            {
                // While a flow is off, its bookmark stays in the queue, as the envelopes of its records do.
                if (
                    !connection.Settings.Syncs(bookmark.Envelope.Flow!.Value)
                    && await backfill.IsRunningAsync(connection, bookmark.Envelope, cancellationToken)
                )
                    return new Disposition.Retry(SwitchedOff, Failed: false);
                if (apps.Of(connection).BulkWait(access.App) is var wait && wait > LeastWait)
                    return new Disposition.Retry(wait, Failed: false);
                await backfill.RunAsync(connection, access, bookmark.Envelope, cancellationToken);
                return new Disposition.Complete();
            },
            cancellationToken
        );

    private async Task<Disposition> DecideAsync(
        Connection connection,
        ConnectionAccess access,
        Envelope envelope,
        IReadOnlyList<string> runIds,
        Func<Task<Disposition>> detect,
        CancellationToken cancellationToken
    )
    {
        using var stage = Stage.Enter("detection");
        using var purpose = TransactionPurpose.Enter(envelope.Feed ?? envelope.Flow?.Value ?? TransactionPurpose.Other);
        try
        {
            return await detect();
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            var failure = await guard.ProveAsync(connection, access, Failures.Of(e), cancellationToken);
            var feed = envelope.Feed ?? envelope.Flow?.Value ?? "";
            RoadTelemetry.Failure(connection.Id, feed, failure.Problem.Code);
            LogFailed(
                Failures.Logged(e, failure),
                connection.Id.Value,
                feed,
                failure.Problem.Code,
                RecordLink.To(email.Links, connection.Id)
            );
            if (failure.Class == FailureClass.Authentication)
                await guard.StopAsync(connection, access, failure, cancellationToken);
            var disposition = FailurePolicy.Decide(
                failure,
                envelope.Failures,
                envelope.FirstSeen,
                time.GetUtcNow(),
                Random.Shared.NextDouble()
            );
            if (disposition is not Disposition.Retry)
                await GiveUpAsync(connection, envelope, runIds, failure.Problem, cancellationToken);
            return disposition;
        }
    }

    /// <summary>
    /// No record's row tells that a feed can't be read: the runs that wait for it, the connection's timeline and an
    /// e-mail do.
    /// </summary>
    private async Task GiveUpAsync(
        Connection connection,
        Envelope envelope,
        IReadOnlyList<string> runIds,
        Problem problem,
        CancellationToken cancellationToken
    )
    {
        await ForgetPollAsync(connection, envelope, cancellationToken);
        await notices.AddFeedAsync(
            connection.Id,
            envelope.Feed ?? envelope.Flow?.Value ?? "",
            problem,
            cancellationToken
        );
        await timeline.AddAsync(
            connection.Id,
            "feedFailed",
            $"{envelope.Feed ?? envelope.Flow?.Value}: {problem}",
            null,
            cancellationToken
        );
        await EndAsync(connection, runIds, problem.ToString(), cancellationToken);
    }

    /// <summary>A poll that came to nothing waits no longer; its mark would keep the next tick's from being
    /// sent.</summary>
    private Task ForgetPollAsync(Connection connection, Envelope envelope, CancellationToken cancellationToken) =>
        envelope.Feed is { } feed
            ? cursors.ChangeAsync(connection.Id, feed, static c => c.WithoutPoll(), cancellationToken)
            : Task.CompletedTask;

    private async Task EndAsync(
        Connection connection,
        IReadOnlyList<string> runIds,
        string report,
        CancellationToken cancellationToken
    )
    {
        foreach (var runId in runIds)
        {
            await runs.ChangeAsync(
                connection.Id,
                runId,
                r =>
                    r.State == RunState.Running
                        ? r with
                        {
                            State = RunState.Failed,
                            EndedAt = time.GetUtcNow(),
                            Report = report,
                        }
                        : r,
                cancellationToken
            );
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: reading {Feed} failed: {Code}. See {Link}"
    )]
    private partial void LogFailed(
        LoggedException? exception,
        string connection,
        string feed,
        string code,
        string link
    );
}
