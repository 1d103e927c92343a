using Azure.Messaging.ServiceBus;
using IntacctSync.Core.Envelopes.Broker;
using Microsoft.Azure.Functions.Worker;

namespace IntacctSync.Functions.Broker;

/// <summary>Carries out a settlement: sends what it says, then settles the delivered message.</summary>
internal static class ServiceBusSettling
{
    /// <remarks>
    /// Not to be broken off: a message that was handled and not settled is handled again for nothing.
    /// </remarks>
    public static async Task SettleAsync(
        this ServiceBusMessageActions actions,
        ServiceBusEnvelopeQueue queue,
        ServiceBusReceivedMessage message,
        BrokerSettlement settlement
    )
    {
        if (settlement.Send is { } next)
            await queue.SendAsync([next], CancellationToken.None);
        await (
            settlement.Action switch
            {
                BrokerAction.Complete => actions.CompleteMessageAsync(message, CancellationToken.None),
                BrokerAction.DeadLetter => actions.DeadLetterMessageAsync(
                    message,
                    deadLetterReason: settlement.Reason,
                    deadLetterErrorDescription: settlement.Description,
                    cancellationToken: CancellationToken.None
                ),
                _ => actions.AbandonMessageAsync(message, cancellationToken: CancellationToken.None),
            }
        );
    }
}
