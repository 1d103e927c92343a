using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>How a connection stands, flow by flow.</summary>
internal sealed class StatusEndpoints(
    ConnectionStore connections,
    CursorStore cursors,
    RecordCounting counting,
    TransactionTally ledger,
    TimeProvider time
)
{
    public async Task<IResult> GetAsync(string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var names = connection.Settings.Profile.Flows.Select(f => f.Name).ToList();
        var counted = await counting.CountAsync(connection.Id, names, cancellationToken);
        var flows = new List<FlowStatus>();
        foreach (var flow in names)
            flows.Add(await StatusAsync(connection, flow, counted, cancellationToken));
        var transactions = await ledger.ReadAsync(connection.Company, time.GetUtcNow(), cancellationToken);
        return Json.Ok(new ConnectionStatus(flows, transactions, counted.CountedAt));
    }

    private async Task<FlowStatus> StatusAsync(
        Connection connection,
        FlowName flow,
        CountedRecords counted,
        CancellationToken cancellationToken
    )
    {
        var cursor = await cursors.GetAsync(connection.Id, flow.Value, cancellationToken);
        var counts = counted.ByFlow[flow];
        return new FlowStatus(
            flow.Value,
            connection.Settings.Syncs(flow),
            cursor.Position,
            cursor.LastRunAt,
            cursor.LastSuccessAt,
            counts.Of(RecordState.Pending) + counts.Of(RecordState.InDoubt),
            counts.Of(RecordState.Synced),
            counts.Of(RecordState.Skipped),
            counts.Of(RecordState.NeedsAction),
            counts.Of(RecordState.Dead),
            counts.OldestPendingAt
        );
    }
}
