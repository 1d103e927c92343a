using Azure.Messaging.ServiceBus;
using IntacctSync.Core.Envelopes.Broker;

namespace IntacctSync.Functions.Broker;

/// <summary>Copies a message into the type of the Service Bus library, field by field.</summary>
internal static class ServiceBusMessages
{
    public static ServiceBusMessage Of(BrokerMessage message)
    {
        var copy = new ServiceBusMessage(message.Body)
        {
            MessageId = message.MessageId,
            SessionId = message.SessionId,
            Subject = message.Subject,
            ContentType = BrokerMessage.ContentType,
        };
        if (message.ScheduledEnqueueTime is { } at)
            copy.ScheduledEnqueueTime = at;
        foreach (var (name, value) in message.Properties)
            copy.ApplicationProperties[name] = value;
        return copy;
    }
}
