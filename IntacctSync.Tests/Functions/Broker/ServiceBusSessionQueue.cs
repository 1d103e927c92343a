using Azure.Messaging.ServiceBus;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Functions.Broker;
using IntacctSync.Local.Queue;
using IntacctSync.Tests.Contracts;
using IntacctSync.Tests.Support.Broker.Wire;
using IntacctSync.Tests.Support.ServiceBusTriggers;

namespace IntacctSync.Tests.Functions.Broker;

/// <summary>
/// The queue in Azure, as the contract asks for it: sent to by the adapter, received and settled by the real client,
/// settled as the function does.
/// </summary>
/// <remarks>
/// The client waits for what may still come. Where the broker knows what will come, this asks it, so that no test waits
/// for nothing.
/// </remarks>
public sealed class ServiceBusSessionQueue : ISessionQueue, IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    /// <remarks>
    /// On a busy machine AMQPNetLite gives the channel of a session that has ended to the next one before it has sent
    /// that end. The client then closes the connection, and waits in vain for what it has just asked.
    /// </remarks>
    private static readonly ServiceBusRetryOptions Retries = new()
    {
        MaxRetries = 2,
        Delay = TimeSpan.FromMilliseconds(10),
        MaxDelay = TimeSpan.FromMilliseconds(50),
        TryTimeout = TimeSpan.FromSeconds(10),
    };

    private readonly LoopbackBroker _broker;
    private readonly ServiceBusClient _client;
    private readonly ServiceBusEnvelopeQueue _queue;
    private readonly Dictionary<long, ServiceBusSessionReceiver> _held = [];
    private readonly Dictionary<string, ServiceBusReceivedMessage> _received = new(StringComparer.Ordinal);

    public ServiceBusSessionQueue(LoopbackBroker broker)
    {
        _broker = broker;
        _client = new ServiceBusClient(broker.ConnectionString, new ServiceBusClientOptions { RetryOptions = Retries });
        _queue = new ServiceBusEnvelopeQueue(_client.CreateSender(ServiceBusNames.Queue), TimeProvider.System);
    }

    public Task<IReadOnlyList<SendOutcome>> SendAsync(
        IReadOnlyList<OutgoingEnvelope> envelopes,
        CancellationToken cancellationToken
    ) => _queue.SendAsync(envelopes, cancellationToken);

    public async Task<SessionLock?> AcceptSessionAsync(CancellationToken cancellationToken)
    {
        try
        {
            var receiver = await _client.AcceptNextSessionAsync(
                ServiceBusNames.Queue,
                cancellationToken: cancellationToken
            );
            var number = _broker.Queue.HolderOf(receiver.SessionId)!.Number;
            lock (_held)
                _held[number] = receiver;
            return new SessionLock(new CompanyId(receiver.SessionId), number, receiver.SessionLockedUntil);
        }
        catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.ServiceTimeout)
        {
            return null;
        }
    }

    public Task<IReadOnlyList<ReceivedEnvelope>> ReceiveAsync(
        SessionLock held,
        int max,
        CancellationToken cancellationToken
    ) =>
        WhileHeldAsync<IReadOnlyList<ReceivedEnvelope>>(
            held,
            async receiver =>
            {
                var expected = Math.Min(max, _broker.Queue.Waiting(held.Company.Value));
                List<ReceivedEnvelope> received = [];
                do
                {
                    foreach (
                        var message in await receiver.ReceiveMessagesAsync(
                            Math.Max(expected - received.Count, 1),
                            received.Count < expected ? Long : Moment,
                            cancellationToken
                        )
                    )
                        received.Add(Keep(message));
                } while (received.Count < expected);
                return received;
            }
        );

    public async Task<bool> RenewAsync(SessionLock held, CancellationToken cancellationToken)
    {
        try
        {
            return await WhileHeldAsync(
                held,
                async receiver =>
                {
                    await receiver.RenewSessionLockAsync(cancellationToken);
                    return true;
                }
            );
        }
        catch (SessionLostException)
        {
            return false;
        }
    }

    public Task SettleAsync(
        SessionLock held,
        IReadOnlyList<(ReceivedEnvelope Received, Settlement Settlement)> settlements,
        CancellationToken cancellationToken
    ) =>
        WhileHeldAsync(
            held,
            async receiver =>
            {
                foreach (var (received, settlement) in settlements)
                    await new ReceiverActions(receiver).SettleAsync(
                        _queue,
                        _received[received.Handle],
                        BrokerSettlement.Of(settlement)
                    );
                return true;
            }
        );

    public Task ReleaseAsync(SessionLock held, CancellationToken cancellationToken) =>
        Receiver(held).CloseAsync(cancellationToken);

    public async Task<IReadOnlyList<DeadEnvelope>> PeekDeadLettersAsync(int max, CancellationToken cancellationToken)
    {
        await using var receiver = _client.CreateReceiver(
            ServiceBusNames.Queue,
            new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }
        );
        return
        [
            .. (await receiver.PeekMessagesAsync(max, cancellationToken: cancellationToken)).Select(
                m => new DeadEnvelope(
                    BrokerMessages.TryRead(m.Body),
                    m.DeadLetterReason,
                    m.DeadLetterErrorDescription,
                    m.EnqueuedTime,
                    m.DeliveryCount
                )
            ),
        ];
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private ServiceBusSessionReceiver Receiver(SessionLock held)
    {
        lock (_held)
            return _held[held.Fence];
    }

    private ReceivedEnvelope Keep(ServiceBusReceivedMessage message)
    {
        lock (_received)
            _received[message.LockToken] = message;
        return new ReceivedEnvelope(BrokerMessages.TryRead(message.Body)!, message.DeliveryCount, message.LockToken);
    }

    /// <summary>The client says in two ways that a session is lost: by its error, and by a closed receiver.</summary>
    private async Task<T> WhileHeldAsync<T>(SessionLock held, Func<ServiceBusSessionReceiver, Task<T>> work)
    {
        var receiver = Receiver(held);
        try
        {
            var lost = _broker.Queue.HolderOf(held.Company.Value)?.Number != held.Fence;
            var done = await work(receiver);
            return lost && !receiver.IsClosed
                ? throw new InvalidOperationException("The session was lost, and the client let it be worked on.")
                : done;
        }
        catch (Exception e)
            when (e is ObjectDisposedException
                || (
                    e is ServiceBusException refused
                    && (refused.Reason == ServiceBusFailureReason.SessionLockLost || receiver.IsClosed)
                )
            )
        {
            throw new SessionLostException(held);
        }
    }
}
