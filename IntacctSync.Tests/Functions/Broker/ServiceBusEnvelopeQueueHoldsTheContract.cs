using IntacctSync.Tests.Contracts;
using IntacctSync.Tests.Support.Broker;
using IntacctSync.Tests.Support.Broker.Wire;

namespace IntacctSync.Tests.Functions.Broker;

/// <summary>The contract, through the real client library, over AMQP.</summary>
public sealed class ServiceBusEnvelopeQueueHoldsTheContract : EnvelopeQueueContract
{
    private readonly List<ServiceBusSessionQueue> _opened = [];
    private LoopbackBroker? _broker;

    public override async Task DisposeAsync()
    {
        foreach (var queue in _opened)
            await queue.DisposeAsync();
        await _broker!.DisposeAsync();
    }

    protected override ISessionQueue Open()
    {
        _broker ??= new LoopbackBroker(
            new StrictBroker(Clock, new BrokerRules { LockDuration = TimeSpan.FromSeconds(30) })
        )
        {
            Faults = { SessionWait = TimeSpan.Zero },
        };
        var queue = new ServiceBusSessionQueue(_broker);
        _opened.Add(queue);
        return queue;
    }
}
