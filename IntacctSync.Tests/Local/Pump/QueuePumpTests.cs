using System.Collections.Concurrent;
using IntacctSync.Core.Envelopes;

namespace IntacctSync.Tests.Local.Pump;

public sealed class QueuePumpTests : IAsyncDisposable
{
    private readonly PumpFixture _world = new();
    private readonly ConcurrentQueue<string> _handled = new();

    [Fact]
    public async Task What_is_on_the_queue_is_handled_and_settled()
    {
        var all = Signal();
        await _world.SendAsync(("acme", "one"), ("acme", "two"), ("acme", "three"));
        using var pump = _world.Start(
            (received, _) =>
            {
                _handled.Enqueue(received.Envelope.EventId);
                if (_handled.Count == 3)
                    all.TrySetResult();
                return Task.FromResult<Settlement>(new Settlement.Complete());
            }
        );
        await all.Task.WaitAsync(PumpFixture.Patience);
        await pump.StopAsync(CancellationToken.None);

        Assert.Equal(["one", "three", "two"], _handled.Order(StringComparer.Ordinal));
        Assert.Null(await _world.Queue.NextDueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_message_that_may_be_what_ends_the_process_is_worked_off_alone_after_the_others_are_settled()
    {
        await _world.SendAsync(("acme", "suspect"));
        for (var delivery = 0; delivery < 2; delivery++)
        {
            var held = await _world.Queue.AcceptSessionAsync(CancellationToken.None);
            await _world.Queue.ReceiveAsync(held!, 100, CancellationToken.None);
            await _world.Queue.ReleaseAsync(held!, CancellationToken.None);
        }

        await _world.SendAsync(("acme", "other"));
        var leftBesideIt = Signal<int>();
        using var pump = _world.Start(
            async (received, _) =>
            {
                if (received.Envelope.EventId == "suspect")
                    leftBesideIt.TrySetResult(
                        (int)(await _world.Queue.CountAsync(CancellationToken.None)).Pending.Sum(p => p.Count) - 1
                    );
                return new Settlement.Complete();
            }
        );

        Assert.Equal(0, await leftBesideIt.Task.WaitAsync(PumpFixture.Patience));
        await pump.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_is_sent_while_it_waits_is_handled()
    {
        var done = Signal();
        using var pump = _world.Start(
            (_, _) =>
            {
                done.TrySetResult();
                return Task.FromResult<Settlement>(new Settlement.Complete());
            }
        );
        await _world.SendAsync(("acme", "one"));
        await done.Task.WaitAsync(PumpFixture.Patience);
        await pump.StopAsync(CancellationToken.None);
        Assert.True(done.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task The_messages_of_a_session_are_handled_together_and_sessions_side_by_side()
    {
        var arrived = new CountdownEvent(4);
        var all = Signal();
        await _world.SendAsync(("acme", "one"), ("acme", "two"), ("bolt", "three"), ("bolt", "four"));
        using var pump = _world.Start(
            async (_, _) =>
            {
                // Nobody goes on before all are there: one after the other would never end.
                if (arrived.Signal())
                    all.TrySetResult();
                await all.Task;
                return new Settlement.Complete();
            }
        );
        await all.Task.WaitAsync(PumpFixture.Patience);
        await pump.StopAsync(CancellationToken.None);
        arrived.Dispose();
        Assert.Null(await _world.Queue.NextDueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_session_that_is_lost_breaks_its_batch_off_and_settles_nothing()
    {
        var (begun, brokenOff) = (Signal(), Signal());
        await _world.SendAsync(("acme", "one"));
        using var pump = _world.Start(
            async (_, token) =>
            {
                begun.TrySetResult();
                await Cancelled(token);
                brokenOff.TrySetResult();

                // The work went on a little and even came to an end: it must not count.
                return new Settlement.Complete();
            }
        );
        await begun.Task.WaitAsync(PumpFixture.Patience);
        _world.StealSessions();
        _world.Clock.Advance(TimeSpan.FromSeconds(10));
        await brokenOff.Task.WaitAsync(PumpFixture.Patience);
        await pump.StopAsync(CancellationToken.None);

        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = Assert.Single(await _world.NextAsync());
        Assert.Equal(("one", 2), (again.Envelope.EventId, again.DeliveryCount));
    }

    [Fact]
    public async Task A_stop_settles_what_is_done_and_gives_back_the_rest_at_once()
    {
        var begun = Signal();
        await _world.SendAsync(("acme", "done"), ("acme", "not done"));
        using var pump = _world.Start(
            async (received, token) =>
            {
                if (received.Envelope.EventId == "done")
                    return new Settlement.Complete();
                begun.TrySetResult();
                await Cancelled(token);
                return new Settlement.Abandon();
            }
        );
        await begun.Task.WaitAsync(PumpFixture.Patience);
        await pump.StopAsync(CancellationToken.None);

        Assert.Equal("not done", Assert.Single(await _world.NextAsync()).Envelope.EventId);
    }

    [Fact]
    public async Task A_message_that_can_not_be_handled_ends_as_a_dead_letter_and_holds_up_nobody()
    {
        var after = Signal();
        await _world.SendAsync(("acme", "poison"), ("acme", "sound"));
        using var pump = _world.Start(
            async (received, _) =>
            {
                _handled.Enqueue(received.Envelope.EventId);
                if (received.Envelope.EventId == "after")
                    after.TrySetResult();
                if (received.Envelope.EventId != "poison")
                    return new Settlement.Complete();
                if (received.DeliveryCount == 10)
                    await _world.SendAsync(("acme", "after"));
                throw new InvalidOperationException("Nothing can be done with it.");
            }
        );
        await after.Task.WaitAsync(PumpFixture.Patience);
        await pump.StopAsync(CancellationToken.None);

        Assert.Equal(10, _handled.Count(e => e == "poison"));
        Assert.Equal(1, _handled.Count(e => e == "sound"));
        Assert.Equal(
            "poison",
            Assert.Single(await _world.Queue.PeekDeadLettersAsync(10, CancellationToken.None)).Envelope!.EventId
        );
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static TaskCompletionSource<T> Signal<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task Cancelled(CancellationToken token)
    {
        var cancelled = Signal();
        await using var registration = token.Register(() => cancelled.TrySetResult());
        await cancelled.Task;
    }
}
