using Amqp.Framing;
using Amqp.Listener;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>The dead letters, each under a lock of its own.</summary>
internal sealed class DeadLetterSource(StrictBroker queue, ListenerLink link, BrokerFaults faults)
    : DeliverySource(queue, link, faults)
{
    protected override DeliveredMessage? Next() => Queue.ReceiveDeadLetter();

    protected override void Assure()
    {
        // Nobody has the dead letters for himself.
    }

    protected override DateTimeOffset LockedUntil() => Queue.Time.GetUtcNow() + Queue.Rules.LockDuration;

    protected override void Settle(string lockToken, DeliveryState? outcome)
    {
        if (outcome is Accepted)
            Queue.CompleteDeadLetter(lockToken);
        else
            Queue.AbandonDeadLetter(lockToken);
    }

    protected override Error Lost(LockLostException lost) => BrokerErrors.MessageLockLost(lost.Message);
}
