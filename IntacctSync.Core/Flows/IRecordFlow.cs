using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Flows;

/// <summary>Carries records of one kind from their source to the other side.</summary>
public interface IRecordFlow
{
    FlowName Name { get; }

    /// <summary>Carries over the records of a batch, each as its source has it now.</summary>
    /// <returns> For each record, by source id, null when it is done (its key map row says how) or what went wrong.
    /// Safe to repeat at any point: what was begun is found in the key map.
    /// </returns>
    /// <exception cref="Exception">Anything thrown concerns every record of the batch that has no outcome
    /// yet.</exception>
    Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken);
}

/// <summary>Some records of one connection and flow, no record twice.</summary>
/// <param name="Connection">Whose records.</param>
/// <param name="Access">With what the two systems are called.</param>
/// <param name="Records">The records.</param>
public sealed record FlowBatch(Connection Connection, ConnectionAccess Access, IReadOnlyList<RecordWork> Records)
{
    /// <summary>
    /// When a person last asked for any of the records; null where none did. What was remembered of either side before
    /// then is read anew.
    /// </summary>
    public DateTimeOffset? RequestedAt =>
        Records.Where(r => r.Requested).Select(r => r.RequestedAt ?? (DateTimeOffset?)r.FirstSeen).Max();

    /// <summary>Whose share of a system's limits its calls take: that of live changes, if it has any.</summary>
    public RequestPriority Priority => Records.All(r => r.Bulk) ? RequestPriority.Bulk : RequestPriority.Live;

    /// <summary>Whether what was read then may still be used.</summary>
    public bool MayUse(DateTimeOffset readAt) => !(RequestedAt >= readAt);
}
