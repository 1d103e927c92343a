using Azure.Identity;
using Azure.Messaging.ServiceBus;
using IntacctSync.Web.Health;

namespace IntacctSync.Functions.Broker;

/// <summary>
/// Ready only while the queue can be sent to. Opening a batch asks the broker for the link and its limits, and sends
/// nothing.
/// </summary>
internal sealed class ServiceBusReadiness(ServiceBusSender sender) : IReadinessCheck
{
    public string Name => "queue";

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
            return null;
        }
        catch (Exception e)
            when (e
                    is ServiceBusException
                        or TimeoutException
                        or UnauthorizedAccessException
                        or AuthenticationFailedException
            )
        {
            return ServiceBusErrors.Line(e);
        }
    }
}
