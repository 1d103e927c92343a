using IntacctSync.Core.Connections;

namespace IntacctSync.Core.Detection.Webhooks;

/// <summary>What to answer to a webhook.</summary>
/// <param name="Status">How it was taken.</param>
/// <param name="EventId">The event's name, once the sender is known to be who he says.</param>
/// <param name="Reason">For the log; the caller of a refused webhook learns none of it.</param>
public sealed record WebhookAnswer(WebhookStatus Status, string? EventId = null, string? Reason = null);

/// <summary>A webhook whose sender was looked at.</summary>
/// <param name="Refusal">What to answer where it goes no further; null where the sender knows the secret.</param>
public sealed record ProvenWebhook(WebhookAnswer? Refusal)
{
    internal Connection? Connection { get; init; }

    /// <summary>How long that took without the sender's own part.</summary>
    internal TimeSpan LookedUp { get; init; }

    internal ReadOnlyMemory<byte> Body { get; init; }

    internal string? EventId { get; init; }
}
