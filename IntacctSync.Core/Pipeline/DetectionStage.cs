using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Runs;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Pipeline;

/// <summary>Has feeds read, and decides what becomes of a reading that failed.</summary>
public sealed partial class DetectionStage(
    ZuperSweep zuper,
    IntacctSweep intacct,
    Backfill backfill,
    ConnectionGuard guard,
    RunStore runs,
    ConnectionTimeline timeline,
    NoticeStore notices,
    TimeProvider time,
    ILogger<DetectionStage> logger)
{
    internal async Task<Disposition> PollAsync(
        Connection connection, ConnectionAccess access, IReadOnlyList<ReceivedEnvelope> polls, CancellationToken cancellationToken)
    {
        if (!FlowName.TryParse(polls[0].Envelope.Feed, out var flow) || !connection.Settings.Syncs(flow))
            return new Disposition.Complete();
        var runIds = polls.Select(p => p.Envelope.RunId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return await DecideAsync(
            connection,
            polls[0].Envelope,
            runIds,
            async () => await SweepAsync(connection, access, flow, runIds, cancellationToken)
                ? new Disposition.Complete()
                : new Disposition.Retry(TimeSpan.Zero, Failed: false),
            cancellationToken);
    }

    private Task<bool> SweepAsync(
        Connection connection, ConnectionAccess access, FlowName flow, IReadOnlyList<string> runIds, CancellationToken cancellationToken) =>
        Feeds.OfIntacct.Contains(flow)
            ? intacct.RunAsync(connection, access.Intacct, flow, runIds, cancellationToken)
            : zuper.RunAsync(connection, access.Zuper, flow, runIds, cancellationToken);

    internal Task<Disposition> BackfillAsync(
        Connection connection, ConnectionAccess access, ReceivedEnvelope bookmark, CancellationToken cancellationToken) =>
        DecideAsync(
            connection,
            bookmark.Envelope,
            bookmark.Envelope.RunId is { } runId ? [runId] : [],
            async () =>
            {
                await backfill.RunAsync(connection, access, bookmark.Envelope, cancellationToken);
                return new Disposition.Complete();
            },
            cancellationToken);

    private async Task<Disposition> DecideAsync(
        Connection connection, Envelope envelope, IReadOnlyList<string> runIds, Func<Task<Disposition>> detect, CancellationToken cancellationToken)
    {
        try
        {
            return await detect();
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            var failure = Failures.Of(e);
            RoadTelemetry.Failure(connection.Id, envelope.Feed ?? envelope.Flow?.Value ?? "", failure.Problem.Code);
            LogFailed(e, connection.Id.Value, envelope.Feed ?? envelope.Flow?.Value ?? "", failure.Problem.Message);
            if (failure.Class == FailureClass.Authentication)
                await guard.StopAsync(connection, failure, cancellationToken);
            var disposition = FailurePolicy.Decide(failure, envelope.Failures, envelope.FirstSeen, time.GetUtcNow(), Random.Shared.NextDouble());
            if (disposition is not Disposition.Retry)
                await GiveUpAsync(connection, envelope, runIds, failure.Problem, cancellationToken);
            return disposition;
        }
    }

    /// <summary>No record's row tells that a feed can't be read: the runs that wait for it, the connection's timeline and an e-mail do.</summary>
    private async Task GiveUpAsync(
        Connection connection, Envelope envelope, IReadOnlyList<string> runIds, Problem problem, CancellationToken cancellationToken)
    {
        await notices.AddFeedAsync(connection.Id, envelope.Feed ?? envelope.Flow?.Value ?? "", problem, cancellationToken);
        await timeline.AddAsync(connection.Id, "feedFailed", $"{envelope.Feed ?? envelope.Flow?.Value}: {problem}", null, cancellationToken);
        foreach (var runId in runIds)
        {
            await runs.ChangeAsync(
                connection.Id,
                runId,
                r => r.State == RunState.Running ? r with { State = RunState.Failed, EndedAt = time.GetUtcNow(), Report = problem.ToString() } : r,
                cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection {Connection}: reading {Feed} failed: {Reason}")]
    private partial void LogFailed(Exception exception, string connection, string feed, string reason);
}
