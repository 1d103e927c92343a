using IntacctSync.Core.Envelopes;

namespace IntacctSync.Tests.Contracts;

public abstract partial class EnvelopeQueueContract
{
    [Fact]
    public async Task Each_settlement_of_a_batch_does_its_own()
    {
        await SendAsync(Record("done"), Record("again"), Record("dead"), Record("back"));
        var held = await AcceptAsync();
        var received = await ReceiveAsync(held);
        var later = Clock.GetUtcNow().AddMinutes(3);
        await Queue.SettleAsync(
            held,
            [
                (received[0], new Settlement.Complete()),
                (received[1], new Settlement.Again(received[1].Envelope with { Attempt = 1, Failures = 1 }, later)),
                (received[2], new Settlement.DeadLetter("unknown-failure", "What was found.")),
                (received[3], new Settlement.Abandon()),
            ],
            CancellationToken.None
        );
        var back = Assert.Single(await ReceiveAsync(held));
        Assert.Equal(("back", 2), (back.Envelope.SourceId, back.DeliveryCount));
        await SettleAsync(held, new Settlement.Complete(), back);
        var dead = Assert.Single(await Queue.PeekDeadLettersAsync(10, CancellationToken.None));
        Assert.Equal(
            ("dead", "unknown-failure", "What was found.", 1),
            (dead.Envelope!.SourceId, dead.Reason, dead.Description, dead.DeliveryCount)
        );
        Assert.Equal(Clock.GetUtcNow(), dead.At);
        Assert.Equal(1, (await Queue.CountAsync(CancellationToken.None)).Dead);
        await Queue.ReleaseAsync(held, CancellationToken.None);
        Assert.Null(await Queue.AcceptSessionAsync(CancellationToken.None));
        Clock.AdvanceTo(later);
        var again = Assert.Single(await ReceiveAsync(await AcceptAsync()));
        Assert.Equal(
            ("again", 1, 1, 1),
            (again.Envelope.SourceId, again.Envelope.Attempt, again.Envelope.Failures, again.DeliveryCount)
        );
    }

    [Fact]
    public async Task A_next_attempt_with_the_same_message_id_is_refused_and_nothing_is_settled()
    {
        await SendAsync(Record("a"), Record("b"));
        var held = await AcceptAsync();
        var received = await ReceiveAsync(held);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            Queue.SettleAsync(
                held,
                [
                    (received[0], new Settlement.Complete()),
                    (received[1], new Settlement.Again(received[1].Envelope, Clock.GetUtcNow())),
                ],
                CancellationToken.None
            )
        );
        Assert.Contains("raise its attempt", refused.Message, StringComparison.Ordinal);
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["a", "b"], await DrainAsync());
    }

    [Fact]
    public async Task Settling_twice_changes_nothing_more()
    {
        await SendAsync(Record("a"));
        var held = await AcceptAsync();
        var received = await ReceiveAsync(held);
        await SettleAsync(held, new Settlement.Complete(), [.. received]);
        await SettleAsync(held, new Settlement.DeadLetter("late", "late"), [.. received]);
        await SettleAsync(
            held,
            new Settlement.Again(received[0].Envelope with { Attempt = 1 }, Clock.GetUtcNow()),
            [.. received]
        );
        var counts = await Queue.CountAsync(CancellationToken.None);
        Assert.Equal((0L, 0L, 0L), (counts.Ready, counts.Delayed, counts.Dead));
    }

    [Fact]
    public async Task A_message_that_was_delivered_ten_times_and_never_settled_is_dead_lettered_and_holds_up_nothing()
    {
        await SendAsync(Record("poison"), Record("behind it"));
        for (var delivery = 1; delivery <= 10; delivery++)
        {
            var received = await ReceiveAsync(await AcceptAsync(), 1);
            Assert.Equal(("poison", delivery), (received[0].Envelope.SourceId, received[0].DeliveryCount));
            Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(["behind it"], Ids(await ReceiveAsync(await AcceptAsync(), 1)));
        var dead = Assert.Single(await Queue.PeekDeadLettersAsync(10, CancellationToken.None));
        Assert.Equal(
            ("poison", "MaxDeliveryCountExceeded", 10),
            (dead.Envelope!.SourceId, dead.Reason, dead.DeliveryCount)
        );
        Assert.Contains("10 times", dead.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_abandoned_for_ever_ends_among_the_dead_letters()
    {
        await SendAsync(Record("poison"));
        var held = await AcceptAsync();
        var deliveries = 0;
        while (await ReceiveAsync(held) is [var received])
        {
            deliveries++;
            await SettleAsync(held, new Settlement.Abandon(), received);
        }

        Assert.Equal(10, deliveries);
        Assert.Single(await Queue.PeekDeadLettersAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task Waiting_ends_at_once_when_something_is_due()
    {
        await SendAsync(Record("a"));
        var began = Clock.GetUtcNow();
        await Queue.WaitForWorkAsync(CancellationToken.None);
        Assert.Equal(began, Clock.GetUtcNow());
    }

    [Fact]
    public async Task Waiting_ends_when_something_is_sent()
    {
        var waiting = Queue.WaitForWorkAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await SendAsync(Record("a"));
        await waiting;
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2.5)]
    public async Task Waiting_ends_when_a_delayed_message_is_due_and_not_before(double seconds)
    {
        var due = Clock.GetUtcNow().AddSeconds(seconds);
        await Queue.SendAsync([new OutgoingEnvelope(Record("a"), due)], CancellationToken.None);
        var waiting = Queue.WaitForWorkAsync(CancellationToken.None);
        await AdvanceUntilDoneAsync(waiting);
        Assert.Equal(due, Clock.GetUtcNow());
    }

    [Fact]
    public async Task Waiting_ends_when_the_lock_over_a_session_expires()
    {
        await SendAsync(Record("a"));
        var held = await AcceptAsync();
        await AdvanceUntilDoneAsync(Queue.WaitForWorkAsync(CancellationToken.None));
        Assert.Equal(held.Until, Clock.GetUtcNow());
    }

    [Fact]
    public async Task Waiting_ends_when_a_held_session_is_released_with_something_left()
    {
        await SendAsync(Record("a"));
        var held = await AcceptAsync();
        var waiting = Queue.WaitForWorkAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await Queue.ReleaseAsync(held, CancellationToken.None);
        await waiting;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waiting_notices_within_a_second_what_another_process_sent(bool somethingIsDueLater)
    {
        var start = Clock.GetUtcNow();
        if (somethingIsDueLater)
            await Queue.SendAsync([new OutgoingEnvelope(Record("later"), start.AddHours(1))], CancellationToken.None);
        var waiting = Queue.WaitForWorkAsync(CancellationToken.None);
        await Open().SendAsync([new OutgoingEnvelope(Record("a"))], CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await AdvanceUntilDoneAsync(waiting);
        Assert.Equal(TimeSpan.FromSeconds(1), Clock.GetUtcNow() - start);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Queue.WaitForWorkAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    /// <summary>
    /// Moves the clock from timer to timer; in between the waiting task looks again and sets its next one.
    /// </summary>
    private async Task AdvanceUntilDoneAsync(Task waiting)
    {
        while (!waiting.IsCompleted)
        {
            if (!Clock.AdvanceToNextTimer())
                await Task.Yield();
        }

        await waiting;
    }
}
