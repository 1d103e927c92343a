using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>A session as its receiver has it; closing the link gives it back.</summary>
internal sealed class SessionSource(StrictBroker queue, SessionHold hold, ListenerLink link, BrokerFaults faults)
    : DeliverySource(queue, link, faults)
{
    private static readonly Symbol Reason = "DeadLetterReason";
    private static readonly Symbol Description = "DeadLetterErrorDescription";

    public override void OnLinkClosed(ListenerLink link, Error error)
    {
        try
        {
            Queue.Close(hold);
        }
        catch (LockLostException)
        {
            // It was lost before.
        }
    }

    protected override DeliveredMessage? Next() => Queue.Receive(hold);

    protected override void Assure() => Queue.LockedUntil(hold);

    protected override DateTimeOffset LockedUntil() => Queue.LockedUntil(hold);

    protected override void Settle(string lockToken, DeliveryState? outcome)
    {
        switch (outcome)
        {
            case Accepted:
                Queue.Complete(hold, lockToken);
                break;
            case Rejected rejected:
                Queue.DeadLetter(
                    hold,
                    lockToken,
                    rejected.Error?.Info?[Reason] as string ?? "",
                    rejected.Error?.Info?[Description] as string ?? ""
                );
                break;
            default:
                Queue.Abandon(hold, lockToken);
                break;
        }
    }

    protected override Error Lost(LockLostException lost) => BrokerErrors.SessionLockLost(lost.Message);
}
