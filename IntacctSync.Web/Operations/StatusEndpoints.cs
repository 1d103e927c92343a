using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console.Runs;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>How a connection stands, flow by flow.</summary>
internal sealed class StatusEndpoints(
    ConnectionStore connections,
    CursorStore cursors,
    RecordCounting counting,
    TransactionTally ledger,
    NoticeStore notices,
    AcceptedWebhooks accepted,
    WebhookRefusals refusals,
    RunStore runs,
    EmailOptions email,
    TimeProvider time
)
{
    public async Task<IResult> GetAsync(string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var names = connection.Settings.Profile.Flows.Select(f => f.Name).ToList();
        var counted = await counting.CountAsync(connection.Id, names, cancellationToken);
        var flows = new List<FlowStatus>();
        var all = await runs.ListAsync(connection.Id, cancellationToken);
        foreach (var flow in names)
            flows.Add(await StatusAsync(connection, flow, counted, all, cancellationToken));
        var transactions = await ledger.ReadAsync(connection.Company, time.GetUtcNow(), cancellationToken);
        var compared = LastComparisons.Of(all);
        var mail = await notices.ReadStateAsync(connection.Id, cancellationToken);
        return Json.Ok(
            new ConnectionStatus(
                StopStatus.Of(connection),
                new MailStatus(mail.LastSentAt, mail.LastError ?? WhySilent(connection)),
                new WebhookStatistics(
                    await accepted.LastAsync(connection.Id, cancellationToken),
                    await refusals.TodayAsync(connection.Id, cancellationToken)
                ),
                compared.Done is { } done ? Reconciled(done) : null,
                compared.FailedSince is { EndedAt: { } at } failed
                    ? new ReconcileFailure(failed.RunId, at, RunReport.Failure(failed))
                    : null,
                flows,
                transactions,
                counted.CountedAt
            )
        );
    }

    private string? WhySilent(Connection connection) =>
        connection.Settings.SyncFailureEmails.Count > 0 && !email.On ? EmailOptions.NoServer : null;

    private static ReconciledStatus Reconciled(Run run)
    {
        var summary = RunReport.Comparison(run);
        return new ReconciledStatus(
            run.RunId,
            run.EndedAt!.Value,
            run.Failed,
            summary?.Flows is [var only] ? only.Flow : run.Flow?.Value,
            summary?.Since,
            summary?.Until,
            summary?.Flows.Select(f => f.Flow).ToList() ?? [],
            run.Reach.Nightly,
            summary?.Only() ?? []
        );
    }

    private async Task<FlowStatus> StatusAsync(
        Connection connection,
        FlowName flow,
        CountedRecords counted,
        IReadOnlyList<Run> all,
        CancellationToken cancellationToken
    )
    {
        var cursor = await cursors.GetAsync(connection.Id, flow.Value, cancellationToken);
        var read = LastReading.Of(cursor, all, flow);
        var counts = counted.ByFlow[flow];
        var waiting = counts.Of(RecordState.Pending) + counts.Of(RecordState.InDoubt);
        return new FlowStatus(
            flow.Value,
            connection.Settings.Syncs(flow),
            cursor.Position,
            read.RunAt,
            read.SuccessAt,
            waiting,
            counts.Of(RecordState.Synced),
            counts.Of(RecordState.Skipped),
            counts.Of(RecordState.NeedsAction),
            counts.Of(RecordState.Dead),
            counts.OldestPendingAt ?? (waiting > 0 ? counted.CountedAt : null)
        );
    }
}
