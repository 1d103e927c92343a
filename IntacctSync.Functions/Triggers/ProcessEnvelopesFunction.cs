using Azure.Messaging.ServiceBus;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Core.Pipeline;
using IntacctSync.Functions.Broker;
using Microsoft.Azure.Functions.Worker;

namespace IntacctSync.Functions.Triggers;

/// <summary>
/// Hands each delivered message to the gate, which gathers those of a session, and settles it as the gate says.
/// </summary>
public sealed class ProcessEnvelopesFunction(SessionGate gate, ServiceBusEnvelopeQueue queue)
{
    [Function("ProcessEnvelopes")]
    public async Task RunAsync(
        [ServiceBusTrigger(
            ServiceBusNames.Queue,
            Connection = ServiceBusNames.Connection,
            IsSessionsEnabled = true,
            AutoCompleteMessages = false
        )]
            ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken
    )
    {
        var settlement = BrokerMessages.TryRead(message.Body) is { } envelope
            ? BrokerSettlement.Of(
                await gate.HandleAsync(
                    new ReceivedEnvelope(envelope, message.DeliveryCount, message.LockToken),
                    cancellationToken
                )
            )
            : BrokerSettlement.OfUnreadable(message.MessageId, message.ApplicationProperties);
        await actions.SettleAsync(queue, message, settlement);
    }
}
