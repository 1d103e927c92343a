using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Detection;

/// <summary>
/// When a flow is switched on, has read once what it missed and its feed does not show: such as the payments of
/// invoices that were adopted while payments were off. The connection's row keeps for which flows that has begun.
/// </summary>
/// <remarks>
/// While the flow is off nothing is asked and nothing waits on the queue. It is read by pages over the rows, as a
/// backfill is; switching the flow off and on again reads it once more.
/// </remarks>
public sealed class FlowCatchUp(ConnectionStore connections, AppCatalog apps, Backfill backfill)
{
    /// <summary>
    /// Begins the readings that are still to be done. May be repeated: a flow is noted when its reading is durable.
    /// </summary>
    /// <exception cref="Envelopes.QueueUnavailableException">A reading could not be made durable; it is still to be
    /// done.</exception>
    public async Task BeginAsync(Connection connection, CancellationToken cancellationToken)
    {
        if (connection is not { Active: true, Settings.Mode: SyncMode.Live } || connection.SwitchedOn.Count == 0)
            return;
        foreach (var feed in apps.Of(connection).Feeds.Where(f => connection.OwesCatchUp(f.Flow)))
        {
            if (feed.WhenSwitchedOn is not { } bookmark)
                continue;
            var on = connection.SwitchedOnAt(feed.Flow)!.Value;
            await backfill.StartAtAsync(connection, feed.Flow, bookmark, cancellationToken);
            await connections.ChangeAsync(connection.Id, c => With(c, feed.Flow, on), cancellationToken);
        }
    }

    private static Connection With(Connection connection, FlowName flow, DateTimeOffset on) =>
        connection with
        {
            CaughtUp = new Dictionary<string, DateTimeOffset>(connection.CaughtUp, StringComparer.Ordinal)
            {
                [flow.Value] = on,
            },
        };
}
