using Azure.Messaging.ServiceBus;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;

namespace IntacctSync.Functions.Broker;

/// <summary>The queue in Azure. What it sends is durable when the broker has acknowledged it.</summary>
public sealed class ServiceBusEnvelopeQueue(ServiceBusSender sender, TimeProvider time) : IEnvelopeQueue
{
    /// <summary>
    /// How long one send may take. The library has limits of its own, which it counts anew for each of its tries, and
    /// does not look at a token while it opens a link.
    /// </summary>
    public static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(10);

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
        cancellationToken.ThrowIfCancellationRequested();
        var waiting = new Queue<ServiceBusMessage>(messages.Select(ServiceBusMessages.Of));
        try
        {
            while (waiting.Count > 0)
                await SendNextAsync(waiting, cancellationToken).WaitAsync(LongestSend, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new QueueUnavailableException($"Service Bus did not take the messages within {LongestSend:c}.", e);
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

    /// <summary>Sends as many of the next messages as fit into one batch.</summary>
    private async Task SendNextAsync(Queue<ServiceBusMessage> waiting, CancellationToken cancellationToken)
    {
        using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
        while (waiting.TryPeek(out var next) && batch.TryAddMessage(next))
            waiting.Dequeue();
        if (batch.Count == 0)
            throw new QueueUnavailableException(
                $"Service Bus takes no message of the size of {waiting.Peek().MessageId}: with all its properties it "
                    + $"has more than {batch.MaxSizeInBytes} bytes."
            );
        await sender.SendMessagesAsync(batch, cancellationToken);
    }
}
