using Azure.Messaging.ServiceBus;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Core.Pipeline;
using IntacctSync.Functions.Broker;
using Microsoft.Azure.Functions.Worker;

namespace IntacctSync.Functions.Triggers;

/// <summary>
/// Empties the dead letters. A message that the broker gave up is put back once; after that its record becomes
/// <c>dead</c>.
/// </summary>
public sealed class DeadLettersFunction(DeadLetters givenUp, ServiceBusEnvelopeQueue queue)
{
    [Function("DeadLetters")]
    public async Task RunAsync(
        [ServiceBusTrigger(
            ServiceBusNames.DeadLetters,
            Connection = ServiceBusNames.Connection,
            AutoCompleteMessages = false
        )]
            ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken
    )
    {
        switch (
            LetterVerdict.Of(
                message.Body,
                message.DeadLetterReason,
                message.MessageId,
                message.Subject,
                message.ApplicationProperties
            )
        )
        {
            case LetterVerdict.PutBack back:
                await queue.SendAsync([back.Message], cancellationToken);
                break;
            case LetterVerdict.GiveUp bury:
                await givenUp.BuryAsync(bury.Envelope, message.EnqueuedTime, cancellationToken);
                break;
            case LetterVerdict.Report tell:
                await givenUp.TellAsync(tell, cancellationToken);
                break;
        }

        await actions.CompleteMessageAsync(message, CancellationToken.None);
    }
}
