using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Waiting;

/// <summary>Frees what waits for the records of a batch that have got their counterparts, or will get none.</summary>
public sealed partial class ReleasedChildren(
    KeyMapStore keyMap,
    WaitingChildren children,
    ILogger<ReleasedChildren> logger
)
{
    /// <returns>The records, by source id, of which it must be tried again.</returns>
    internal async Task<IReadOnlySet<string>> FreeAsync(
        Connection connection,
        FlowGroup group,
        IReadOnlyDictionary<string, KeyMapEntry> before,
        CancellationToken cancellationToken
    )
    {
        var unfreed = new HashSet<string>(StringComparer.Ordinal);
        var looked = !connection.Settings.ChildrenOf(group.Flow).Any()
            ? []
            : group.Records.Where(r => MayHaveEnded(r, before[r[0].Envelope.SourceId!])).ToList();
        if (looked.Count == 0)
            return unfreed;
        var ids = looked.Select(r => r[0].Envelope.SourceId!).ToList();
        try
        {
            unfreed.UnionWith(ids);
            var now = await keyMap.GetManyAsync(connection.Id, group.Flow, ids, cancellationToken);
            foreach (var id in ids)
            {
                if (HasEnded(before[id], now[id]))
                    await children.ReleaseAsync(connection, now[id], cancellationToken);
                unfreed.Remove(id);
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // The records themselves are done, whatever comes of this.
            LogNotFreed(e, connection.Id.Value, group.Flow.Value, unfreed.Count);
        }

        return unfreed;
    }

    /// <summary>One that was left out before, and still is, has told its children then.</summary>
    private static bool HasEnded(KeyMapEntry before, KeyMapEntry now) =>
        now.TargetId is not null
        || (now is { State: RecordState.Skipped, Stored: not null } && before.State != RecordState.Skipped);

    /// <summary>
    /// One that was linked before this batch has freed its own then; unless the batch that did it may not have come to
    /// that.
    /// </summary>
    private static bool MayHaveEnded(IReadOnlyList<ReceivedEnvelope> record, KeyMapEntry before) =>
        before.TargetId is null
        || record.Any(e => e.DeliveryCount > 1 || e.Envelope.Attempt > 0 || e.Envelope.Requested);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: what waits for {Count} {Flow} could not be sent for; it is tried again"
    )]
    private partial void LogNotFreed(Exception exception, string connection, string flow, int count);
}
