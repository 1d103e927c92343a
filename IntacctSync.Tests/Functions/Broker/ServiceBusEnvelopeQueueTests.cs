using Azure.Messaging.ServiceBus;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Functions.Broker;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Support.Broker;
using IntacctSync.Tests.Support.Broker.Wire;

namespace IntacctSync.Tests.Functions.Broker;

/// <summary>What is sent arrives once, or whoever sent it is told.</summary>
public sealed class ServiceBusEnvelopeQueueTests : IAsyncLifetime
{
    private readonly TestClock _clock = new(Some.Now);
    private readonly LoopbackBroker _broker;
    private readonly ServiceBusClient _client;
    private readonly ServiceBusEnvelopeQueue _queue;

    public ServiceBusEnvelopeQueueTests()
    {
        _broker = new LoopbackBroker(new StrictBroker(_clock));
        _client = new ServiceBusClient(
            _broker.ConnectionString,
            new ServiceBusClientOptions
            {
                RetryOptions = new ServiceBusRetryOptions
                {
                    MaxRetries = 1,
                    Delay = TimeSpan.FromMilliseconds(10),
                    TryTimeout = TimeSpan.FromSeconds(1),
                },
            }
        );
        _queue = new ServiceBusEnvelopeQueue(_client.CreateSender(ServiceBusNames.Queue), _clock);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _broker.Faults.Silent = false;
        await _client.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task Seven_hundred_messages_are_split_by_size_and_keep_their_order()
    {
        BrokerMessage[] messages =
        [
            .. Enumerable.Range(0, 700).Select(i => Message($"{i:D4}") with { Body = new byte[100 + (i % 7 * 4000)] }),
        ];
        await SendAsync(messages);
        Assert.Equal(messages.Select(m => m.MessageId), _broker.Queue.Taken.Select(m => m.MessageId));
        Assert.Equal(messages.Select(m => m.Body.Length), _broker.Queue.Taken.Select(m => m.Body.Length));
        Assert.InRange(_broker.Sends, 700 * 12_000 / _broker.Queue.Rules.LargestBytes, 100);
    }

    [Fact]
    public async Task One_that_is_too_large_is_named_and_what_was_before_it_is_sent()
    {
        var large = Message("large") with { Body = new byte[256 * 1024] };
        var refused = await Assert.ThrowsAsync<QueueUnavailableException>(() => SendAsync(Message("a"), large));
        Assert.Contains("of the size of large", refused.Message, StringComparison.Ordinal);
        Assert.Equal("a", Assert.Single(_broker.Queue.Taken).MessageId);
    }

    [Fact]
    public async Task A_broker_that_is_gone_is_said_to_be_and_one_that_is_back_is_sent_to()
    {
        await SendAsync(Message("before"));
        _broker.Stop();
        await Assert.ThrowsAsync<QueueUnavailableException>(() => SendAsync(Message("lost")));
        _broker.Start();

        // Whoever is told so sends it again, which is safe also where it was taken.
        await SendAsync(Message("lost"), Message("after"));
        Assert.Equal(["before", "lost", "after"], _broker.Queue.Taken.Select(m => m.MessageId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_broker_that_answers_nothing_is_waited_for_ten_seconds(bool linked)
    {
        if (linked)
            await SendAsync(Message("before"));
        _broker.Faults.Silent = true;
        var sending = SendAsync(Message("lost"));
        _clock.Advance(ServiceBusEnvelopeQueue.LongestSend - TimeSpan.FromTicks(1));
        Assert.False(sending.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));
        var refused = await Assert.ThrowsAsync<QueueUnavailableException>(() => sending);
        Assert.Contains("00:00:10", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_not_kept()
    {
        _broker.Faults.Silent = true;
        using var gone = new CancellationTokenSource();
        var sending = _queue.SendAsync([Message("lost")], gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task What_was_taken_and_not_acknowledged_is_not_doubled_by_sending_it_again()
    {
        _broker.Faults.Undecided = true;
        var sending = SendAsync(Message("a"), Message("b"));
        while (true)
        {
            var changed = _broker.Queue.Changed;
            if (_broker.Queue.Taken.Count == 2)
                break;
            await changed;
        }

        _clock.Advance(ServiceBusEnvelopeQueue.LongestSend);
        await Assert.ThrowsAsync<QueueUnavailableException>(() => sending);
        _broker.Faults.Undecided = false;
        await SendAsync(Message("a"), Message("b"));
        Assert.Equal(["a", "b"], _broker.Queue.Taken.Select(m => m.MessageId));
    }

    [Fact]
    public async Task A_link_that_was_detached_is_opened_anew()
    {
        await SendAsync(Message("before"));
        _broker.Detach();
        await SendAsync(Message("after"));
        Assert.Equal(["before", "after"], _broker.Queue.Taken.Select(m => m.MessageId));
    }

    [Fact]
    public async Task A_broker_that_throttles_is_said_to_and_nothing_is_lost()
    {
        _broker.Faults.Busy = 1;
        var sending = SendAsync(Message("a"));
        await _broker.Faults.SendRefused;

        // The library would wait ten seconds before it tries once more.
        _clock.Advance(ServiceBusEnvelopeQueue.LongestSend);
        await Assert.ThrowsAsync<QueueUnavailableException>(() => sending);
        await using var another = new ServiceBusClient(_broker.ConnectionString);
        await new ServiceBusEnvelopeQueue(another.CreateSender(ServiceBusNames.Queue), _clock).SendAsync(
            [Message("a")],
            CancellationToken.None
        );
        Assert.Equal("a", Assert.Single(_broker.Queue.Taken).MessageId);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_said_to_be()
    {
        _broker.Faults.Unauthorized = true;
        var refused = await Assert.ThrowsAsync<QueueUnavailableException>(() => SendAsync(Message("a")));
        Assert.Contains("InvalidSignature", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", refused.Message, StringComparison.Ordinal);
    }

    private static BrokerMessage Message(string id) =>
        BrokerMessages.Of(new OutgoingEnvelope(Some.Envelope())) with
        {
            MessageId = id,
        };

    private Task SendAsync(params BrokerMessage[] messages) => _queue.SendAsync(messages, CancellationToken.None);
}
