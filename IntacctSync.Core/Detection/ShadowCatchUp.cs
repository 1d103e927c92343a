using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Detection;

/// <summary>
/// What changed while a connection wrote nothing is owed to it: a backfill for each flow, from when shadow mode began,
/// as soon as the connection is active, live and syncs the flow. The connection's row keeps what is still owed.
/// </summary>
public sealed class ShadowCatchUp(ConnectionStore connections, Backfill backfill)
{
    /// <summary>
    /// Starts what can be started. May be repeated: a flow is struck off when its backfill is durable.
    /// </summary>
    /// <exception cref="Envelopes.QueueUnavailableException">It could not be made durable; what is left stays
    /// owed.</exception>
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
