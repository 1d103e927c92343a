using Azure.Identity;
using Azure.Messaging.ServiceBus;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Web.Health;

namespace IntacctSync.Functions.Broker;

/// <summary>
/// Ready only while the queue takes a write: each check gives it a message for the next day, over a link of its own,
/// and takes it back, so that no worker ever sees it.
/// </summary>
/// <remarks>
/// A scheduled message is stored by the broker like any other one, and can be cancelled until its time has come:
/// learn.microsoft.com, Service Bus: message sequencing and timestamps. The role Data Sender lets both be done
/// [assumed: its data action is "send", which the operations of the sender ask for].
/// </remarks>
internal sealed class ServiceBusReadiness(ServiceBusClient client, IIdSource ids, TimeProvider time) : IReadinessCheck
{
    private static readonly TimeSpan Later = TimeSpan.FromDays(1);

    public string Name => "queue";

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The library may go on trying when nobody waits any more.
            await TryAsync().WaitAsync(cancellationToken);
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

    /// <summary>Not to be broken off between its two steps, by whoever waits no longer.</summary>
    private async Task TryAsync()
    {
        var at = time.GetUtcNow() + Later;
        await using var sender = client.CreateSender(ServiceBusNames.Queue);
        var number = await sender.ScheduleMessageAsync(
            ServiceBusMessages.Of(BrokerMessages.ProbeOf(ids.NewId(), at)),
            at,
            CancellationToken.None
        );
        await sender.CancelScheduledMessageAsync(number, CancellationToken.None);
    }
}
