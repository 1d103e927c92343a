using Azure.Messaging.ServiceBus;
using IntacctSync.Functions.Broker;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Support.Broker;
using IntacctSync.Tests.Support.Broker.Wire;

namespace IntacctSync.Tests.Functions.Broker;

public sealed class ServiceBusReadinessTests : IAsyncLifetime
{
    private readonly TestClock _clock = new(Some.Now);
    private readonly LoopbackBroker _broker;
    private readonly ServiceBusClient _client;
    private readonly ServiceBusReadiness _check;

    public ServiceBusReadinessTests()
    {
        _broker = new LoopbackBroker(new StrictBroker(_clock));
        _client = new ServiceBusClient(
            _broker.ConnectionString,
            new ServiceBusClientOptions
            {
                RetryOptions = new ServiceBusRetryOptions { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(2) },
            }
        );
        _check = new ServiceBusReadiness(_client, new CountingIds(), _clock);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task A_queue_that_takes_a_message_is_ready_and_keeps_none()
    {
        Assert.Null(await _check.CheckAsync(CancellationToken.None));
        Assert.Null(await _check.CheckAsync(CancellationToken.None));
        Assert.Equal(2, _broker.Queue.Taken.Count);
        Assert.Empty(_broker.Queue.Dropped);
        Assert.Equal(0, _broker.Queue.Count);
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, _broker.Queue.Count);
    }

    [Fact]
    public async Task One_that_is_full_is_not_though_it_lets_everybody_in()
    {
        Assert.Null(await _check.CheckAsync(CancellationToken.None));
        _broker.Faults.Full = true;
        Assert.Contains("size", await _check.CheckAsync(CancellationToken.None), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task One_that_stopped_answering_is_not_also_if_it_was_before()
    {
        Assert.Null(await _check.CheckAsync(CancellationToken.None));
        _broker.Faults.Silent = true;
        using var longest = new CancellationTokenSource();
        var looking = _check.CheckAsync(longest.Token);
        Assert.False(looking.IsCompleted);
        await longest.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking);
    }

    [Fact]
    public async Task One_that_is_gone_or_lets_nobody_in_is_not()
    {
        _broker.Faults.Unauthorized = true;
        Assert.Contains("InvalidSignature", await _check.CheckAsync(CancellationToken.None), StringComparison.Ordinal);
        _broker.Stop();
        var line = await _check.CheckAsync(CancellationToken.None);
        Assert.NotNull(line);
        Assert.DoesNotContain("\n", line, StringComparison.Ordinal);
    }
}
