using Azure.Messaging.ServiceBus;
using IntacctSync.Core;

namespace IntacctSync.Functions.Broker;

/// <summary>Makes the client that sends to the queue. The triggers have one of their own.</summary>
internal static class ServiceBusClients
{
    /// <summary>
    /// Two tries that end, both together, within <see cref="ServiceBusEnvelopeQueue.LongestSend"/>. Whoever sent a
    /// webhook waits for it, and sends it again if it fails.
    /// </summary>
    private static ServiceBusClientOptions Options { get; } =
        new()
        {
            RetryOptions = new ServiceBusRetryOptions
            {
                TryTimeout = TimeSpan.FromSeconds(4),
                MaxRetries = 1,
                Delay = TimeSpan.FromMilliseconds(200),
            },
        };

    public static ServiceBusClient Of(AzureSettings settings) =>
        settings.QueueNamespace is { } host
            ? new ServiceBusClient(host, AzureIdentity.Credential, Options)
            : new ServiceBusClient(settings.QueueConnection!, Options);
}
