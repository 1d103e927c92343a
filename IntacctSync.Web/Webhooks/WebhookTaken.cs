namespace IntacctSync.Web.Webhooks;

/// <summary>The answer to a webhook that was taken.</summary>
/// <param name="EventId">How the sender, or else the body, names it.</param>
/// <param name="Status"><c>accepted</c>: it is durable. <c>duplicate</c>: it came twice in the same moment.
/// <c>ignored</c>: no flow that is on listens to it.</param>
internal sealed record WebhookTaken(string? EventId, string Status);
