using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Detection.Intacct;

/// <summary>The feed of a flow whose records are read from Intacct.</summary>
/// <param name="flow">The flow.</param>
/// <param name="objects">The objects in which a change of its records shows itself; the first is what they are.</param>
/// <param name="lists">Reads what is there.</param>
/// <param name="sweep">Reads what changed.</param>
internal sealed class IntacctChangeFeed(
    FlowName flow,
    IReadOnlyList<IntacctFeed> objects,
    IntacctLists lists,
    IntacctSweep sweep
) : IChangeFeed
{
    public FlowName Flow => flow;

    public string Begin(DateTimeOffset? since) => IntacctLists.Begin(since);

    public Task<BackfillChunk> ReadAsync(
        Connection connection,
        ConnectionAccess access,
        string bookmark,
        int size,
        CancellationToken cancellationToken
    ) => lists.ReadAsync(connection, access.Intacct, flow, objects, bookmark, size, cancellationToken);

    public Task<bool> SweepAsync(
        Connection connection,
        ConnectionAccess access,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    ) => sweep.RunAsync(connection, access.Intacct, flow, objects, runIds, cancellationToken);
}
