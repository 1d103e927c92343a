using Amqp.Framing;
using Amqp.Types;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>Renews the locks of dead letters, and shows them.</summary>
internal sealed class DeadLetterRequests(StrictBroker queue, BrokerFaults faults) : ManagementRequests(faults)
{
    protected override (int Code, Error? Error, Map? Body) Answer(string? operation, string? link, Map asked) =>
        operation switch
        {
            "com.microsoft:renew-lock" => Renew((Guid[])asked["lock-tokens"]),
            "com.microsoft:peek-message" => Peek(queue.PeekDeadLetters(), asked),
            _ => Unknown(operation),
        };

    private (int Code, Error? Error, Map? Body) Renew(Guid[] tokens)
    {
        try
        {
            DateTime[] until =
            [
                .. tokens.Select(t => LockTimes.OnTheWire(queue, queue.RenewDeadLetter(t.ToString())).UtcDateTime),
            ];
            return (200, null, new Map { ["expirations"] = until });
        }
        catch (LockLostException e)
        {
            return (410, BrokerErrors.MessageLockLost(e.Message), null);
        }
    }
}
