namespace IntacctSync.Tests.Support.Broker;

/// <summary>A message as its receiver sees it.</summary>
/// <param name="Body">As it was sent.</param>
/// <param name="MessageId">As it was sent.</param>
/// <param name="DeliveryCount">From 1.</param>
/// <param name="LockToken">Names this delivery, to settle it by.</param>
/// <param name="EnqueuedTime">When it was put where it is received from.</param>
/// <param name="DeadLetterReason">Of a dead letter.</param>
/// <param name="DeadLetterDescription">Of a dead letter.</param>
public sealed record DeliveredMessage(
    byte[] Body,
    string MessageId,
    int DeliveryCount,
    string LockToken,
    DateTimeOffset EnqueuedTime,
    string? DeadLetterReason = null,
    string? DeadLetterDescription = null
);
