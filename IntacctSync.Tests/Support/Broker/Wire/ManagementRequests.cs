using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>Answers what a client asks beside its links; the answers are spelled in camel case.</summary>
/// <remarks>Source: learn.microsoft.com, AMQP 1.0 in Azure Service Bus: request/response-based operations.</remarks>
internal abstract class ManagementRequests(BrokerFaults faults) : IRequestProcessor
{
    public int Credit => 100;

    protected BrokerFaults Faults => faults;

    public void Process(RequestContext requestContext)
    {
        if (faults.Silent)
            return;
        var asked = (Map)requestContext.Message.Body;
        var properties = requestContext.Message.ApplicationProperties;
        var (code, error, body) = Answer(
            properties["operation"] as string,
            properties["associated-link-name"] as string,
            asked
        );
        var answer = new Message
        {
            ApplicationProperties = new ApplicationProperties
            {
                ["statusCode"] = code,
                ["statusDescription"] = error?.Description ?? "",
            },
        };
        if (error is not null)
            answer.ApplicationProperties["errorCondition"] = error.Condition;
        if (body is not null)
            answer.BodySection = new AmqpValue { Value = body };
        requestContext.Complete(answer);
    }

    /// <param name="operation">What is asked for.</param>
    /// <param name="link">The name of the link that it is about; null where none is named.</param>
    /// <param name="asked">The request's body.</param>
    protected abstract (int Code, Error? Error, Map? Body) Answer(string? operation, string? link, Map asked);

    protected static (int Code, Error? Error, Map? Body) Peek(IEnumerable<DeliveredMessage> messages, Map asked)
    {
        var from = Convert.ToInt64(asked["from-sequence-number"], System.Globalization.CultureInfo.InvariantCulture);
        var found = messages
            .Where(m => m.Sequence >= from)
            .Take(Convert.ToInt32(asked["message-count"], System.Globalization.CultureInfo.InvariantCulture))
            .Select(m => WireMessages.Write(m, null).Encode())
            .Select(b => new Map { ["message"] = b.Buffer.AsSpan(b.Offset, b.Length).ToArray() })
            .ToArray();
        return found.Length == 0 ? (204, null, null) : (200, null, new Map { ["messages"] = new List<Map>(found) });
    }

    protected static (int Code, Error? Error, Map? Body) Unknown(string? operation) =>
        (501, new Error(ErrorCode.NotImplemented) { Description = $"No operation '{operation}' is played." }, null);
}
