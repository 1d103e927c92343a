using IntacctSync.Core.Envelopes.Broker;

namespace IntacctSync.Tests.Support.Broker;

/// <summary>A message as it lies in the queue or among the dead letters.</summary>
internal sealed class StoredMessage(BrokerMessage message, long sequence, DateTimeOffset enqueued)
{
    public BrokerMessage Message => message;

    /// <summary>The order of delivery; a scheduled message is given one when its time has come.</summary>
    public long Sequence => sequence;

    public DateTimeOffset EnqueuedTime => enqueued;

    /// <summary>Deliveries that ended without a settlement.</summary>
    public int Failures { get; set; }

    /// <summary>Null while nobody has it.</summary>
    public string? LockToken { get; set; }

    /// <summary>Of a dead letter that somebody has.</summary>
    public DateTimeOffset LockedUntil { get; set; }

    public string? DeadLetterReason { get; init; }

    public string? DeadLetterDescription { get; init; }

    public DeliveredMessage Deliver(string token)
    {
        LockToken = token;
        return Show(token);
    }

    /// <summary>As a person sees it in the portal; it stays as it is.</summary>
    public DeliveredMessage Peek() => Show("");

    private DeliveredMessage Show(string token) =>
        new(message, sequence, Failures + 1, token, enqueued, DeadLetterReason, DeadLetterDescription);
}
