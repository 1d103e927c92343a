using Azure.Messaging.ServiceBus;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;

namespace IntacctSync.Functions.Broker;

/// <summary>The queue in Azure. What it sends is durable when the broker has acknowledged it.</summary>
public sealed class ServiceBusEnvelopeQueue(ServiceBusSender sender) : IEnvelopeQueue
{
    public async Task<IReadOnlyList<SendOutcome>> SendAsync(
        IReadOnlyList<OutgoingEnvelope> envelopes,
        CancellationToken cancellationToken
    )
    {
        await SendAsync([.. envelopes.Select(BrokerMessages.Of)], cancellationToken);

        // The broker drops repeated messages without saying so.
        return [.. envelopes.Select(_ => SendOutcome.Accepted)];
    }

    /// <exception cref="QueueUnavailableException">Some may not have been taken; sending all of them again is
    /// safe.</exception>
    public async Task SendAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            var waiting = new Queue<ServiceBusMessage>(messages.Select(ServiceBusMessages.Of));
            while (waiting.Count > 0)
            {
                using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
                while (waiting.TryPeek(out var next) && batch.TryAddMessage(next))
                    waiting.Dequeue();
                if (batch.Count == 0)
                    throw new QueueUnavailableException(
                        $"Service Bus takes no message of the size of {waiting.Peek().MessageId}."
                    );
                await sender.SendMessagesAsync(batch, cancellationToken);
            }
        }
        catch (Exception e)
            when (e is not (QueueUnavailableException or OutOfMemoryException)
                && !cancellationToken.IsCancellationRequested
            )
        {
            throw new QueueUnavailableException(
                $"Service Bus did not take the messages: {ServiceBusErrors.Line(e)}",
                e
            );
        }
    }
}
