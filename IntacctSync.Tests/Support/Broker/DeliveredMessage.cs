using IntacctSync.Core.Envelopes.Broker;

namespace IntacctSync.Tests.Support.Broker;

/// <summary>A message as its receiver sees it.</summary>
/// <param name="Sent">As it was sent.</param>
/// <param name="Sequence">Its place; from 1.</param>
/// <param name="DeliveryCount">From 1.</param>
/// <param name="LockToken">Names this delivery, to settle it by; a GUID. Empty of a message that was only peeked
/// at.</param>
/// <param name="EnqueuedTime">When it was put where it is received from.</param>
/// <param name="DeadLetterReason">Of a dead letter.</param>
/// <param name="DeadLetterDescription">Of a dead letter.</param>
public sealed record DeliveredMessage(
    BrokerMessage Sent,
    long Sequence,
    int DeliveryCount,
    string LockToken,
    DateTimeOffset EnqueuedTime,
    string? DeadLetterReason = null,
    string? DeadLetterDescription = null
)
{
    public byte[] Body => [.. Sent.Body];

    public string MessageId => Sent.MessageId;
}
