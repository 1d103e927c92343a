using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Detection;

/// <summary>
/// Carries over what changed in shadow mode, when nothing was written. Once the connection is active and live, each
/// flow that it syncs gets a backfill from when shadow mode began. The connection's row keeps for which flows that is
/// still to be done.
/// </summary>
/// <remarks>
/// A record may have changed before shadow mode began, and have been looked at only in it, since it was not read yet or
/// had to wait. No backfill from the beginning comes upon it; its row says that it was left out.
/// </remarks>
public sealed class ShadowCatchUp(
    ConnectionStore connections,
    Backfill backfill,
    RecordQuery records,
    IEnvelopeQueue queue,
    TimeProvider time
)
{
    private const int Page = 200;

    /// <summary>
    /// Starts the backfills that are still to be done. May be repeated: a flow is struck off when its backfill is
    /// durable.
    /// </summary>
    /// <exception cref="QueueUnavailableException">A record or a backfill could not be made durable; the flows that are
    /// left are still to be done.</exception>
    public async Task PayAsync(Connection connection, CancellationToken cancellationToken)
    {
        if (connection is not { Active: true, ShadowSince: { } since, Settings.Mode: SyncMode.Live })
            return;
        foreach (
            var flow in connection
                .Settings.Profile.Flows.Select(f => f.Name)
                .Where(f =>
                    connection.Settings.Syncs(f) && !connection.ShadowPaid.Contains(f.Value, StringComparer.Ordinal)
                )
        )
        {
            await SendLeftOutAsync(connection, flow, since, cancellationToken);
            await backfill.StartAsync(connection, flow, since, requested: false, cancellationToken);
            await connections.ChangeAsync(
                connection.Id,
                c => c.ShadowSince == since ? Without(c, flow) : c,
                cancellationToken
            );
        }
    }

    private async Task SendLeftOutAsync(
        Connection connection,
        FlowName flow,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        string? after = null;
        do
        {
            var page = await records.ListAsync(
                connection.Id,
                flow,
                RecordState.Skipped,
                null,
                after,
                Page,
                cancellationToken
            );
            await queue.SendRecordsAsync(
                connection.Company,
                page.Items.Where(RecordPass.IsLeftOutInShadow)
                    .Select(e => new RecordEvent(e.Key, EventIds.ShadowEnded(e.Key, since))),
                time.GetUtcNow(),
                cancellationToken
            );
            after = page.Next;
        } while (after is not null);
    }

    private static Connection Without(Connection connection, FlowName flow)
    {
        IReadOnlyList<string> paid = [.. connection.ShadowPaid, flow.Value];
        return connection.Settings.Profile.Flows.All(f => paid.Contains(f.Name.Value, StringComparer.Ordinal))
            ? connection with
            {
                ShadowSince = null,
                ShadowPaid = [],
            }
            : connection with
            {
                ShadowPaid = paid,
            };
    }
}
