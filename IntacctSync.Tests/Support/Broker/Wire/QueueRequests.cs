using Amqp.Framing;
using Amqp.Types;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>Renews a session's lock, and shows the messages of a session.</summary>
internal sealed class QueueRequests(StrictBroker queue, BrokerLinks links, BrokerFaults faults)
    : ManagementRequests(faults)
{
    protected override (int Code, Error? Error, Map? Body) Answer(string? operation, string? link, Map asked) =>
        operation switch
        {
            "com.microsoft:renew-session-lock" => Renew((string)asked["session-id"], link),
            "com.microsoft:peek-message" => Peek(queue.Peek(asked["session-id"] as string ?? ""), asked),
            _ => Unknown(operation),
        };

    private (int Code, Error? Error, Map? Body) Renew(string session, string? link)
    {
        try
        {
            var hold = links.HoldOf(session, link) ?? throw new LockLostException($"session {session}");
            var until = LockTimes.OnTheWire(queue, queue.Renew(hold));
            return (200, null, new Map { ["expiration"] = until.UtcDateTime });
        }
        catch (LockLostException e)
        {
            return (410, BrokerErrors.SessionLockLost(e.Message), null);
        }
    }
}
