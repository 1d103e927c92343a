using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Waiting;

/// <summary>Which flows' records wait for which, as the apps say. Pure.</summary>
public sealed class ParentFlows(AppProfiles apps)
{
    private readonly IReadOnlyList<FlowParents> _flows =
    [
        .. apps.All.SelectMany(app => app.Flows.Select(flow => new FlowParents(flow, app.Title))),
    ];

    /// <summary>The flows whose records can wait for those of a flow, parents before children.</summary>
    public IReadOnlyList<FlowName> ChildrenOf(FlowName parents) =>
        [.. _flows.Where(f => f.Flow.Parents.Contains(parents)).Select(f => f.Flow.Name)];

    /// <exception cref="InvalidOperationException">No app has the flow.</exception>
    public FlowParents Of(FlowName flow) =>
        _flows.FirstOrDefault(f => f.Flow.Name == flow)
        ?? throw new InvalidOperationException(
            $"Records wait for those of {flow}, but no app has that flow: add it to the flows of its app."
        );
}

/// <summary>A flow that records can wait for.</summary>
/// <param name="Flow">What its app says of it.</param>
/// <param name="App">What a person calls the app.</param>
public sealed record FlowParents(AppFlow Flow, string App);
