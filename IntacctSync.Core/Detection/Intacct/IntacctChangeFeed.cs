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

    /// <summary>Begins a bookmark of <see cref="Earlier"/>; those of lists are JSON.</summary>
    private const string EarlierPrefix = "earlier:";

    /// <summary>Reads what is read once when the flow is switched on; null where nothing is.</summary>
    public IEarlierRecords? Earlier { get; init; }

    public string? WhenSwitchedOn => Earlier is null ? null : EarlierPrefix;

    public string Begin(DateTimeOffset? since) => IntacctLists.Begin(since);

    public async Task<BackfillChunk> ReadAsync(
        Connection connection,
        ConnectionAccess access,
        string bookmark,
        int size,
        CancellationToken cancellationToken
    )
    {
        if (Earlier is null || !bookmark.StartsWith(EarlierPrefix, StringComparison.Ordinal))
            return await lists.ReadAsync(connection, access.Intacct, flow, objects, bookmark, size, cancellationToken);
        var after = bookmark[EarlierPrefix.Length..];
        var chunk = await Earlier.ReadAsync(
            connection,
            access.Intacct,
            after.Length == 0 ? null : after,
            cancellationToken
        );
        return chunk with { Next = chunk.Next is { } next ? EarlierPrefix + next : null };
    }

    public Task<bool> SweepAsync(
        Connection connection,
        ConnectionAccess access,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    ) => sweep.RunAsync(connection, access.Intacct, flow, objects, runIds, cancellationToken);
}
