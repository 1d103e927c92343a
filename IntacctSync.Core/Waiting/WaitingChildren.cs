using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Waiting;

/// <summary>
/// Puts on the queue the records that wait for another one, once that one has come to an end. Their rows stay as they
/// are; the next pass over each says what has become of it.
/// </summary>
public sealed class WaitingChildren(
    KeyMapStore keyMap,
    RecordQuery records,
    ParentFlows flows,
    IEnvelopeQueue queue,
    TimeProvider time
)
{
    private const int AtOnce = 100;

    /// <summary>May be repeated: for the same version of the parent's row no child is sent twice.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="parent">The parent's row as it is stored.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    public async Task ReleaseAsync(Connection connection, KeyMapEntry parent, CancellationToken cancellationToken)
    {
        var (flow, name) = (parent.Key.Flow, $"{parent.Key.Flow}/{parent.Key.SourceId}");
        foreach (var children in flows.ChildrenOf(flow))
        {
            foreach (
                var some in (await keyMap.WaitingForAsync(connection.Id, children, name, cancellationToken)).Chunk(
                    AtOnce
                )
            )
                await SendAsync(
                    connection,
                    some.Select(id => Ended(new SyncKey(connection.Id, children, id), name, parent.Stored?.ETag)),
                    cancellationToken
                );
        }
    }

    /// <summary>
    /// Puts on the queue the records that were held up because the flow of their parents was off, now that it is on.
    /// </summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="parents">The flow of the parents.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    public async Task ReleaseSwitchedOnAsync(
        Connection connection,
        FlowName parents,
        CancellationToken cancellationToken
    )
    {
        var prefix = $"{parents}/";
        foreach (var flow in flows.ChildrenOf(parents).Where(connection.Settings.Syncs))
        {
            foreach (
                var some in (
                    await records.WithCauseAsync(connection.Id, flow, ParentProblems.NotSynced, cancellationToken)
                ).Chunk(AtOnce)
            )
            {
                var freed = (await keyMap.GetManyAsync(connection.Id, flow, some, cancellationToken))
                    .Values.Where(e =>
                        e.WaitsFor?.StartsWith(prefix, StringComparison.Ordinal) == true
                        && connection.Settings.Syncs(parents, e.WaitsFor[prefix.Length..])
                    )
                    .Select(e => Ended(e.Key, e.WaitsFor!, e.Stored?.ETag));
                await SendAsync(connection, freed, cancellationToken);
            }
        }
    }

    private static RecordEvent Ended(SyncKey child, string parent, string? version) =>
        new(child, EventIds.ParentEnded(child, parent, version));

    private Task SendAsync(
        Connection connection,
        IEnumerable<RecordEvent> children,
        CancellationToken cancellationToken
    ) => queue.SendRecordsAsync(connection.Company, children, time.GetUtcNow(), cancellationToken);
}
