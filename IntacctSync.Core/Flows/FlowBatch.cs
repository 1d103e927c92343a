using IntacctSync.Core.Connections;

namespace IntacctSync.Core.Flows;

/// <summary>Some records of one connection and flow, no record twice.</summary>
/// <param name="Connection">Whose records.</param>
/// <param name="Access">With what the two systems are called.</param>
/// <param name="Records">The records.</param>
public sealed record FlowBatch(Connection Connection, ConnectionAccess Access, IReadOnlyList<RecordWork> Records);
