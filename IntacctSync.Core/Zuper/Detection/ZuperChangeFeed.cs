using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Detection;

/// <summary>The feed of a flow whose records are read from Zuper.</summary>
/// <param name="flow">The flow.</param>
/// <param name="lists">Reads what is there.</param>
/// <param name="sweep">Reads what changed.</param>
internal sealed class ZuperChangeFeed(FlowName flow, ZuperLists lists, ZuperSweep sweep) : IChangeFeed
{
    public FlowName Flow => flow;

    public string Begin(DateTimeOffset? since) => ZuperLists.Begin(since);

    public Task<BackfillChunk> ReadAsync(
        Connection connection,
        ConnectionAccess access,
        string bookmark,
        int size,
        CancellationToken cancellationToken
    ) => lists.ReadChunkAsync(flow, access.Zuper(), bookmark, size, cancellationToken);

    public Task<bool> SweepAsync(
        Connection connection,
        ConnectionAccess access,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    ) => sweep.RunAsync(connection, access.Zuper(), flow, runIds, cancellationToken);
}
