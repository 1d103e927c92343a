namespace IntacctSync.Web.Webhooks;

/// <summary>The answer to a webhook that was taken.</summary>
/// <param name="EventId">The id by which a repeat is known.</param>
/// <param name="Status"><c>accepted</c>: it is durable. <c>duplicate</c>: it had come before. <c>ignored</c>: no flow
/// that is on listens to it.</param>
internal sealed record WebhookTaken(string? EventId, string Status);
