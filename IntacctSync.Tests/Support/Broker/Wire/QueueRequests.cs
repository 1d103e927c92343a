using Amqp.Framing;
using Amqp.Types;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>
/// Renews a session's lock, shows the messages of a session, and takes messages for later and gives them back.
/// </summary>
internal sealed class QueueRequests(StrictBroker queue, BrokerLinks links, BrokerFaults faults)
    : ManagementRequests(faults)
{
    protected override (int Code, Error? Error, Map? Body) Answer(string? operation, string? link, Map asked) =>
        operation switch
        {
            "com.microsoft:renew-session-lock" => Renew((string)asked["session-id"], link),
            "com.microsoft:peek-message" => Peek(queue.Peek(asked["session-id"] as string ?? ""), asked),
            "com.microsoft:schedule-message" => Schedule((IEnumerable<object>)asked["messages"]),
            "com.microsoft:cancel-scheduled-message" => Cancel((long[])asked["sequence-numbers"]),
            _ => Unknown(operation),
        };

    private (int Code, Error? Error, Map? Body) Schedule(IEnumerable<object> messages)
    {
        if (Faults.Full)
            return (403, BrokerErrors.QuotaExceeded(), null);
        var sent = messages.Select(m => WireMessages.Read((byte[])((Map)m)["message"])).ToList();
        return (200, null, new Map { ["sequence-numbers"] = queue.Schedule(sent).ToArray() });
    }

    private (int Code, Error? Error, Map? Body) Cancel(long[] numbers) =>
        numbers.All(queue.Cancel) ? (200, null, null) : (404, BrokerErrors.MessageNotFound(), null);

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
