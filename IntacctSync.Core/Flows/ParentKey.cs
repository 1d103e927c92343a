using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Flows;

/// <summary>A record that another one belongs to.</summary>
/// <param name="Flow">Its flow.</param>
/// <param name="SourceId">Its id at the source.</param>
public readonly record struct ParentKey(FlowName Flow, string SourceId)
{
    public override string ToString() => $"{Flow}/{SourceId}";
}
