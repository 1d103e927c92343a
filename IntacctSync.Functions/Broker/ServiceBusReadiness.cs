using Azure.Identity;
using Azure.Messaging.ServiceBus;
using IntacctSync.Web.Health;

namespace IntacctSync.Functions.Broker;

/// <summary>
/// Ready only while the queue can be sent to. Each check opens a link of its own, for which the broker must answer and
/// let this identity send; it sends nothing.
/// </summary>
internal sealed class ServiceBusReadiness(ServiceBusClient client) : IReadinessCheck
{
    public string Name => "queue";

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The library may go on trying when nobody waits any more.
            await OpenAsync().WaitAsync(cancellationToken);
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

    private async Task OpenAsync()
    {
        await using var sender = client.CreateSender(ServiceBusNames.Queue);
        using var batch = await sender.CreateMessageBatchAsync(CancellationToken.None);
    }
}
