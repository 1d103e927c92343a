using Azure.Messaging.ServiceBus;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Functions.Broker;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>The real client library finds at the loopback broker what it finds at Service Bus.</summary>
public sealed class LoopbackBrokerTests : IAsyncLifetime
{
    private readonly TestClock _clock = new(Some.Now);
    private readonly LoopbackBroker _broker;
    private readonly ServiceBusClient _client;

    public LoopbackBrokerTests()
    {
        _broker = new LoopbackBroker(new StrictBroker(_clock));
        _client = new ServiceBusClient(
            _broker.ConnectionString,
            new ServiceBusClientOptions
            {
                RetryOptions = new ServiceBusRetryOptions { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(5) },
            }
        );
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task What_was_sent_alone_and_in_a_batch_is_received_as_it_was()
    {
        await SendAsync("a");
        await SendAsync("b", "c");
        await using var session = await _client.AcceptNextSessionAsync(LoopbackBroker.QueueName);
        var received = await ReceiveAsync(session, 3);
        Assert.Equal(["a", "b", "c"], received.Select(m => m.MessageId));
        Assert.All(received, m => Assert.Equal(session.SessionId, m.SessionId));
        var sent = Message("a");
        Assert.Equal(sent.Body, received[0].Body.ToArray());
        Assert.Equal(
            (sent.Subject, BrokerMessage.ContentType, 1, 1L, Some.Now),
            (
                received[0].Subject,
                received[0].ContentType,
                received[0].DeliveryCount,
                received[0].SequenceNumber,
                received[0].EnqueuedTime
            )
        );
        Assert.Equal(sent.Properties, received[0].ApplicationProperties);
    }

    [Fact]
    public async Task Each_settlement_does_its_own()
    {
        await SendAsync("done", "dead", "back");
        await using var session = await _client.AcceptNextSessionAsync(LoopbackBroker.QueueName);
        var received = await ReceiveAsync(session, 3);
        await session.CompleteMessageAsync(received[0]);
        await session.DeadLetterMessageAsync(received[1], "a reason", "a description");
        await session.AbandonMessageAsync(received[2]);
        var again = Assert.Single(await ReceiveAsync(session, 1));
        Assert.Equal(("back", 2), (again.MessageId, again.DeliveryCount));

        await using var dead = _client.CreateReceiver(
            LoopbackBroker.QueueName,
            new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }
        );
        Assert.Equal("dead", (await dead.PeekMessageAsync()).MessageId);
        var letter = Assert.Single(await ReceiveAsync(dead, 1));
        Assert.Equal(("a reason", "a description"), (letter.DeadLetterReason, letter.DeadLetterErrorDescription));
        await dead.RenewMessageLockAsync(letter);
        await dead.CompleteMessageAsync(letter);
        Assert.Equal(1, _broker.Queue.Count);
    }

    [Fact]
    public async Task A_lock_that_was_lost_is_said_to_be_and_the_link_is_detached()
    {
        await SendAsync("a");
        await using var session = await _client.AcceptNextSessionAsync(LoopbackBroker.QueueName);
        var received = await session.ReceiveMessageAsync(Long);
        await session.RenewSessionLockAsync();
        _broker.Queue.TakeAway(session.SessionId);
        await _broker.UntilSessionLinksAsync(0, CancellationToken.None);
        var refused = await RefusedAsync();

        // While the detach is still on its way through the library, it may say so in other words once.
        if (!SaysLost(refused))
            refused = await RefusedAsync();
        Assert.True(SaysLost(refused), refused.ToString());
        Assert.Equal(1, _broker.Queue.Count);

        Task<Exception> RefusedAsync() =>
            Assert.ThrowsAnyAsync<Exception>(() => session.CompleteMessageAsync(received));

        static bool SaysLost(Exception refused) =>
            refused
                is ObjectDisposedException
                    or ServiceBusException { Reason: ServiceBusFailureReason.SessionLockLost };
    }

    [Fact]
    public async Task A_session_that_is_held_and_one_that_is_not_there_are_refused()
    {
        await SendAsync("a");
        await using var session = await _client.AcceptNextSessionAsync(LoopbackBroker.QueueName);
        _broker.Faults.SessionWait = TimeSpan.Zero;
        var none = await Assert.ThrowsAsync<ServiceBusException>(() =>
            _client.AcceptNextSessionAsync(LoopbackBroker.QueueName)
        );
        Assert.Equal(ServiceBusFailureReason.ServiceTimeout, none.Reason);
        var held = await Assert.ThrowsAsync<ServiceBusException>(() =>
            _client.AcceptSessionAsync(LoopbackBroker.QueueName, session.SessionId)
        );
        Assert.Equal(ServiceBusFailureReason.SessionCannotBeLocked, held.Reason);
        await session.CloseAsync();
        await using var next = await _client.AcceptSessionAsync(LoopbackBroker.QueueName, session.SessionId);
        Assert.NotNull(await next.ReceiveMessageAsync(Long));
    }

    [Fact]
    public async Task Who_gives_up_waiting_for_a_session_keeps_the_one_he_has()
    {
        await SendAsync("a");
        await using var session = await _client.AcceptNextSessionAsync(LoopbackBroker.QueueName);
        var received = await session.ReceiveMessageAsync(Long);
        using var patience = new CancellationTokenSource();
        var waiting = _client.AcceptNextSessionAsync(LoopbackBroker.QueueName, cancellationToken: patience.Token);
        await _broker.UntilWaitingAsync(1, CancellationToken.None);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await _broker.UntilWaitingAsync(0, CancellationToken.None);

        await session.RenewSessionLockAsync();
        await session.CompleteMessageAsync(received);
        Assert.False(session.IsClosed);
        Assert.Equal(0, _broker.Queue.Count);
    }

    /// <summary>What is waited for so long comes sooner.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    private static BrokerMessage Message(string id) =>
        BrokerMessages.Of(new OutgoingEnvelope(Some.Envelope())) with
        {
            MessageId = id,
        };

    /// <summary>The client may hand over fewer at a time than there are.</summary>
    private static async Task<List<ServiceBusReceivedMessage>> ReceiveAsync(ServiceBusReceiver receiver, int count)
    {
        List<ServiceBusReceivedMessage> received = [];
        while (received.Count < count)
            received.AddRange(await receiver.ReceiveMessagesAsync(count - received.Count, Long));
        return received;
    }

    private async Task SendAsync(params string[] ids)
    {
        await using var sender = _client.CreateSender(LoopbackBroker.QueueName);
        await new ServiceBusEnvelopeQueue(sender, TimeProvider.System).SendAsync(
            [.. ids.Select(Message)],
            CancellationToken.None
        );
    }
}
