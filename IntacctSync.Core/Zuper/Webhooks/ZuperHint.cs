using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Webhooks;

/// <summary>
/// What a webhook's body asks for. It says that something changed, never what is true: records are read back.
/// </summary>
public abstract record ZuperHint
{
    private ZuperHint() { }

    /// <summary>One record changed.</summary>
    /// <param name="Flow">The flow of its module.</param>
    /// <param name="Uid">Zuper's uid. Of <c>products</c>, which flow from Intacct to Zuper, it is the far side's id and
    /// not the flow's source id.</param>
    /// <param name="Deleted">True for the module's delete event.</param>
    /// <param name="Event">As Zuper names it, in lower case.</param>
    /// <param name="UpdatedAt">When the record last changed, if the body says.</param>
    /// <param name="TriggeredAt">When the event was raised, if the body says.</param>
    /// <param name="CustomFieldsOnly">True when the body says that nothing but custom fields changed, as it does after
    /// an id was written back.</param>
    public sealed record RecordChanged(
        FlowName Flow,
        string Uid,
        bool Deleted,
        string Event,
        DateTimeOffset? UpdatedAt,
        DateTimeOffset? TriggeredAt,
        bool CustomFieldsOnly = false
    ) : ZuperHint;

    /// <summary>
    /// Records changed that can't be told one by one: bulk actions, imports, an event without its record's uid.
    /// </summary>
    /// <param name="Flow">Null for all flows of Zuper.</param>
    /// <param name="Event">As Zuper names it, in lower case.</param>
    public sealed record SweepNeeded(FlowName? Flow, string Event) : ZuperHint;

    /// <summary>An event that no flow knows.</summary>
    /// <param name="Event">As Zuper names it, in lower case.</param>
    public sealed record NotOurs(string Event) : ZuperHint;

    /// <summary>The body can't be read. What it meant to say is unknown, so all flows of Zuper are swept.</summary>
    /// <param name="Reason">For the log and the timeline; holds nothing of the body.</param>
    public sealed record Unreadable(string Reason) : ZuperHint;
}
