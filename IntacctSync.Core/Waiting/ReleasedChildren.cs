using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Waiting;

/// <summary>
/// Puts on the queue the children of those records of a batch that have got their counterparts, or will get none.
/// </summary>
public sealed partial class ReleasedChildren(
    KeyMapStore keyMap,
    ParentFlows flows,
    WaitingChildren children,
    ILogger<ReleasedChildren> logger
)
{
    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="records">The envelopes of the batch, record by record.</param>
    /// <param name="before">The records' rows before the batch, by source id.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    /// <returns>The records, by source id, whose children could not be put on the queue, so that it must be tried
    /// again.</returns>
    internal async Task<IReadOnlySet<string>> FreeAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyList<IReadOnlyList<ReceivedEnvelope>> records,
        IReadOnlyDictionary<string, KeyMapEntry> before,
        CancellationToken cancellationToken
    )
    {
        var unfreed = new HashSet<string>(StringComparer.Ordinal);
        var looked =
            flows.ChildrenOf(flow).Count == 0
                ? []
                : records.Where(r => MayHaveEnded(r, before[r[0].Envelope.SourceId!])).ToList();
        if (looked.Count == 0)
            return unfreed;
        var ids = looked.Select(r => r[0].Envelope.SourceId!).ToList();
        try
        {
            unfreed.UnionWith(ids);
            var now = await keyMap.GetManyAsync(connection.Id, flow, ids, cancellationToken);
            foreach (var id in ids)
            {
                if (HasEnded(before[id], now[id]))
                    await children.ReleaseAsync(connection, now[id], cancellationToken);
                unfreed.Remove(id);
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // The records themselves are done, even if this fails.
            LogNotFreed(new LoggedException(e), connection.Id.Value, flow.Value, unfreed.Count);
        }

        return unfreed;
    }

    /// <summary>
    /// Whether the record has an end now for which its children are to be released. If it was left out before and still
    /// is, they were released when it was left out.
    /// </summary>
    private static bool HasEnded(KeyMapEntry before, KeyMapEntry now) =>
        now.TargetId is not null
        || (now is { State: RecordState.Skipped, Stored: not null } && before.State != RecordState.Skipped);

    /// <summary>
    /// Whether the record's children may still have to be released. If the record was linked before this batch, the
    /// batch that linked it has released them. The exception is a batch that was cut off by a crash; its envelopes come
    /// again.
    /// </summary>
    private static bool MayHaveEnded(IReadOnlyList<ReceivedEnvelope> record, KeyMapEntry before) =>
        before.TargetId is null
        || record.Any(e => e.DeliveryCount > 1 || e.Envelope.Attempt > 0 || e.Envelope.Requested);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: what waits for {Count} {Flow} could not be sent for; it is tried again"
    )]
    private partial void LogNotFreed(LoggedException exception, string connection, string flow, int count);
}
