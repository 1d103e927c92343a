using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>Takes tokens. Which, is not looked at, only that there is one.</summary>
/// <remarks>Source: the OASIS draft on claims-based security, whose answers Service Bus spells with hyphens.</remarks>
internal sealed class CbsRequests(BrokerFaults faults) : IRequestProcessor
{
    public int Credit => 100;

    public void Process(RequestContext requestContext)
    {
        if (faults.IgnoresLink())
            return;
        var asked = requestContext.Message;
        var known =
            asked.ApplicationProperties["operation"] as string == "put-token"
            && asked.ApplicationProperties["name"] is string { Length: > 0 }
            && asked.Body is string { Length: > 0 };
        var (code, text) =
            faults.Unauthorized ? (401, "InvalidSignature: the token has an invalid signature.")
            : known ? (202, "Accepted")
            : (400, "No token was put.");
        requestContext.Complete(
            new Message
            {
                ApplicationProperties = new ApplicationProperties
                {
                    ["status-code"] = code,
                    ["status-description"] = text,
                },
            }
        );
    }
}
