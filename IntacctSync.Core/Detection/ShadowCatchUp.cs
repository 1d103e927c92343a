using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Detection;

/// <summary>
/// Carries over what changed in shadow mode, when nothing was written. Once the connection is active and live, each
/// flow that it syncs gets a backfill from when shadow mode began. The connection's row keeps for which flows that is
/// still to be done.
/// </summary>
public sealed class ShadowCatchUp(ConnectionStore connections, Backfill backfill)
{
    /// <summary>
    /// Starts the backfills that are still to be done. May be repeated: a flow is struck off when its backfill is
    /// durable.
    /// </summary>
    /// <exception cref="Envelopes.QueueUnavailableException">A backfill could not be made durable; the flows that are
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
            await backfill.StartAsync(connection, flow, since, requested: false, cancellationToken);
            await connections.ChangeAsync(
                connection.Id,
                c => c.ShadowSince == since ? Without(c, flow) : c,
                cancellationToken
            );
        }
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
