namespace IntacctSync.Core.Domain;

/// <summary>One record of one connection, as its source names it.</summary>
public readonly record struct SyncKey(ConnectionId Connection, FlowName Flow, string SourceId)
{
    public override string ToString() => $"{Connection}/{Flow}/{SourceId}";
}
