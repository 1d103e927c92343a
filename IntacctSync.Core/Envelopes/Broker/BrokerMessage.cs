namespace IntacctSync.Core.Envelopes.Broker;

/// <summary>
/// A message of a Service Bus queue with sessions, field by field; an adapter copies it and decides nothing.
/// </summary>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="MessageId">What the broker tells duplicates by, within its window; at most 128 characters.</param>
/// <param name="SessionId">At most 128 characters.</param>
/// <param name="Subject">What a person sees of it in the portal; never personal data.</param>
/// <param name="ScheduledEnqueueTime">When it may first be delivered; null for at once.</param>
/// <param name="Properties">Beside the body, for filters and for the portal.</param>
/// <remarks>
/// Limits: learn.microsoft.com, Service Bus quotas (MessageId and SessionId 128 characters, a message with all its
/// properties 256 KB in the Standard tier).
/// </remarks>
public sealed record BrokerMessage(
    byte[] Body,
    string MessageId,
    string SessionId,
    string Subject,
    DateTimeOffset? ScheduledEnqueueTime,
    IReadOnlyDictionary<string, object> Properties
)
{
    public const string ContentType = "application/json";
}
