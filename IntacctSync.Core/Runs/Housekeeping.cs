using IntacctSync.Core.Connections;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Runs;

/// <summary>
/// Removes what is kept for a time only, by whole months: runs, the connections' own timelines, and copies of
/// unreadable bodies. It also counts the records anew.
/// </summary>
public sealed class Housekeeping(ITable table, ConnectionStore connections, TimeProvider time)
{
    /// <summary>
    /// Nothing younger is removed. Since only whole months are removed, some things stay up to a month longer.
    /// </summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly CountingPass _counting = new(table);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // The last month of which every day is old enough.
        var oldest = time.GetUtcNow() - Kept;
        var last = new DateTimeOffset(oldest.Year, oldest.Month, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(-1);
        foreach (var connection in await connections.ListAsync(cancellationToken))
        {
            foreach (var partition in ConnectionPurge.Monthly(connection, last))
                await table.RemoveAsync(partition, cancellationToken);
            foreach (
                var month in (await NotedMonths.ReadAsync(table, connection.Id, cancellationToken)).Where(m =>
                    m <= last
                )
            )
            {
                foreach (var partition in ConnectionPurge.OfMonth(connection.Id, month))
                    await table.RemoveAsync(partition, cancellationToken);
                await NotedMonths.ForgetAsync(table, connection.Id, month, cancellationToken);
            }

            foreach (var flow in connection.Settings.Flows)
                await _counting.RunAsync(connection.Id, flow.Name, cancellationToken);
        }
    }
}
