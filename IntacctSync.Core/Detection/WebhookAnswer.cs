namespace IntacctSync.Core.Detection;

/// <summary>What to answer to a webhook.</summary>
/// <param name="Status">How it was taken.</param>
/// <param name="EventId">The event's name, once the sender is known to be who he says.</param>
/// <param name="Reason">For the log; the caller of a refused webhook learns none of it.</param>
public sealed record WebhookAnswer(WebhookStatus Status, string? EventId = null, string? Reason = null);
