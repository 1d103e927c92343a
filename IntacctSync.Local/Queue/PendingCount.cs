using IntacctSync.Core.Domain;

namespace IntacctSync.Local.Queue;

/// <summary>The messages of one connection and flow that are not yet done.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Flow">The flow; null for polls, which are of a feed.</param>
/// <param name="Count">How many.</param>
/// <param name="OldestFirstSeen">When the oldest of them was first put on the queue, its earlier attempts
/// included.</param>
public sealed record PendingCount(ConnectionId Connection, FlowName? Flow, long Count, DateTimeOffset OldestFirstSeen);
