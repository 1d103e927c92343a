using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Waiting;

/// <summary>Which flows' records wait for which, as the apps say. Pure.</summary>
public sealed class ParentFlows(IReadOnlyList<FlowParents> flows)
{
    /// <summary>The flows whose records can wait for those of a flow, parents before children.</summary>
    public IReadOnlyList<FlowName> ChildrenOf(FlowName parents) =>
        [.. flows.Where(f => f.Parents.Contains(parents)).Select(f => f.Flow)];

    /// <exception cref="InvalidOperationException">No app has said anything of the flow.</exception>
    public FlowParents Of(FlowName flow) =>
        flows.FirstOrDefault(f => f.Flow == flow)
        ?? throw new InvalidOperationException(
            $"Records wait for those of {flow}, but no app says what these are: add the flow to the app's parents."
        );
}

/// <summary>What an app says of one of its flows.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Source">What a person calls the system that its records come from.</param>
/// <param name="Parents">The flows whose records its own can wait for.</param>
public sealed record FlowParents(FlowName Flow, string Source, IReadOnlyList<FlowName> Parents)
{
    /// <summary>
    /// Which records, by source id, are looked at again when another one needs them, though they were left out; none,
    /// where nothing else is said.
    /// </summary>
    public Func<string, bool> IsLookedAtAgain { get; init; } = static _ => false;
}
