using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Pipeline;

/// <summary>
/// Tells the meters how the connections stand, every few minutes and only where telemetry is exported.
/// </summary>
public sealed class RecordGauges(ConnectionStore connections, RecordQuery records, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var connection in (await connections.ListAsync(cancellationToken)).Where(c => c.Active))
        {
            RoadTelemetry.Stop(connection.Id, connection.Stop is not null);
            foreach (var flow in connection.Settings.Flows.Select(f => f.Name).Where(connection.Settings.Syncs))
            {
                var counts = await records.CountAsync(connection.Id, flow, cancellationToken);
                foreach (var state in Enum.GetValues<RecordState>())
                    RoadTelemetry.Count(connection.Id, flow, Word(state), counts.Of(state));
                RoadTelemetry.Waiting(
                    connection.Id,
                    flow,
                    counts.OldestPendingAt is { } since ? time.GetUtcNow() - since : TimeSpan.Zero
                );
            }
        }
    }

    /// <summary>As the API spells it.</summary>
    private static string Word(RecordState state) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
