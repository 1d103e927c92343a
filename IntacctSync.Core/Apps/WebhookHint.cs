using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Apps;

/// <summary>
/// What a webhook's body asks for. It says that something changed, never what is true: records are read back.
/// </summary>
public abstract record WebhookHint
{
    private WebhookHint() { }

    /// <summary>One record changed.</summary>
    /// <param name="Flow">The flow of its module.</param>
    /// <param name="Uid">The app's id of it. If the flow is read from Intacct, this is not the flow's source
    /// id.</param>
    /// <param name="Deleted">True for the module's delete event.</param>
    /// <param name="Event">As the app names it, in lower case.</param>
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
    ) : WebhookHint;

    /// <summary>
    /// Records changed that the event does not name one by one: a bulk action, an import, an event without its record's
    /// uid.
    /// </summary>
    /// <param name="Flow">Null for all flows that are read from the app.</param>
    /// <param name="Event">As the app names it, in lower case.</param>
    public sealed record SweepNeeded(FlowName? Flow, string Event) : WebhookHint;

    /// <summary>An event that no flow knows.</summary>
    /// <param name="Event">As the app names it, in lower case.</param>
    public sealed record NotOurs(string Event) : WebhookHint;

    /// <summary>The body can't be read. What it meant to say is unknown, so all flows that are read from the
    /// app are swept.</summary>
    /// <param name="Reason">For the log and the timeline; holds nothing of the body.</param>
    public sealed record Unreadable(string Reason) : WebhookHint;
}
