using IntacctSync.Core.Envelopes;
using IntacctSync.Local.Queue;

namespace IntacctSync.Tests.Contracts;

public abstract partial class EnvelopeQueueContract
{
    [Fact]
    public async Task An_empty_queue_has_no_session_to_take() =>
        Assert.Null(await Queue.AcceptSessionAsync(CancellationToken.None));

    [Fact]
    public async Task A_session_is_held_by_one_at_a_time_and_others_go_on_beside_it()
    {
        await SendAsync(Record("a", "acme"), Record("b", "Beta"));
        var first = await AcceptAsync();
        var second = await AcceptAsync();
        Assert.Equal(
            ["acme", "beta"],
            new[] { first.Company.Value, second.Company.Value }.Order(StringComparer.Ordinal)
        );
        Assert.Null(await Queue.AcceptSessionAsync(CancellationToken.None));
        Assert.Equal(["a"], Ids(await ReceiveAsync(first.Company.Value == "acme" ? first : second)));
        await Queue.ReleaseAsync(first, CancellationToken.None);
        Assert.Equal(first.Company, (await AcceptAsync()).Company);
    }

    [Fact]
    public async Task The_session_that_has_waited_longest_is_taken_first()
    {
        await SendAsync(Record("z", "zeta"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(Record("a", "acme"));
        await Queue.SendAsync(
            [new OutgoingEnvelope(Record("b", "beta"), Clock.GetUtcNow().AddHours(1))],
            CancellationToken.None
        );
        Assert.Equal("zeta", (await AcceptAsync()).Company.Value);
        Assert.Equal("acme", (await AcceptAsync()).Company.Value);
        Assert.Null(await Queue.AcceptSessionAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Under_one_lock_no_message_is_delivered_twice()
    {
        await SendAsync(Record("a"), Record("b"), Record("c"));
        var held = await AcceptAsync();
        Assert.Equal(["a", "b"], Ids(await ReceiveAsync(held, 2)));
        await SendAsync(Record("d"));
        Assert.Equal(["c", "d"], Ids(await ReceiveAsync(held)));
        Assert.Empty(await ReceiveAsync(held));
    }

    [Fact]
    public async Task A_lock_that_expired_gives_its_messages_to_the_next_with_their_deliveries_counted()
    {
        await SendAsync(Record("a"), Record("b"));
        var lost = await AcceptAsync();
        await ReceiveAsync(lost, 1);
        Clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        Assert.Null(await Queue.AcceptSessionAsync(CancellationToken.None));
        Clock.Advance(TimeSpan.FromTicks(1));
        var received = await ReceiveAsync(await AcceptAsync());
        Assert.Equal([("a", 2), ("b", 1)], received.Select(one => (one.Envelope.SourceId!, one.DeliveryCount)));
    }

    [Fact]
    public async Task A_renewed_lock_holds_for_its_whole_duration_from_then()
    {
        await SendAsync(Record("a"));
        var held = await AcceptAsync();
        var received = await ReceiveAsync(held);
        for (var i = 0; i < 5; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(29));
            Assert.True(await Queue.RenewAsync(held, CancellationToken.None));
            Assert.Null(await Queue.AcceptSessionAsync(CancellationToken.None));
        }

        await SettleAsync(held, new Settlement.Complete(), [.. received]);
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.False(await Queue.RenewAsync(held, CancellationToken.None));
        Assert.Empty(await DrainAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_has_lost_the_lock_can_settle_receive_and_renew_nothing(bool takenOver)
    {
        await SendAsync(Record("a"), Record("b"));
        var lost = await AcceptAsync();
        var received = await ReceiveAsync(lost, 1);
        Clock.Advance(TimeSpan.FromSeconds(30));
        var next = takenOver ? await AcceptAsync() : null;
        await Assert.ThrowsAsync<SessionLostException>(() =>
            SettleAsync(lost, new Settlement.Complete(), [.. received])
        );
        await Assert.ThrowsAsync<SessionLostException>(() => ReceiveAsync(lost));
        Assert.False(await Queue.RenewAsync(lost, CancellationToken.None));
        await Queue.ReleaseAsync(lost, CancellationToken.None);
        Assert.Equal(["a", "b"], Ids(await ReceiveAsync(next ?? await AcceptAsync())));
    }

    [Fact]
    public async Task A_release_by_who_lost_the_lock_does_not_free_it_from_who_has_it()
    {
        await SendAsync(Record("a"));
        var lost = await AcceptAsync();
        Clock.Advance(TimeSpan.FromSeconds(30));
        await AcceptAsync();
        await Queue.ReleaseAsync(lost, CancellationToken.None);
        Assert.Null(await Queue.AcceptSessionAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_released_session_delivers_what_was_not_settled_to_the_next()
    {
        await SendAsync(Record("a"), Record("b"));
        var held = await AcceptAsync();
        var received = await ReceiveAsync(held);
        await SettleAsync(held, new Settlement.Complete(), received[0]);
        await Queue.ReleaseAsync(held, CancellationToken.None);
        await Assert.ThrowsAsync<SessionLostException>(() => SettleAsync(held, new Settlement.Complete(), received[1]));
        Assert.Equal(["b"], await DrainAsync());
    }

    [Fact]
    public async Task A_process_that_dies_loses_nothing_and_its_sessions_come_back_when_their_locks_expire()
    {
        await SendAsync(Record("done"), Record("in hand"), Record("waiting"));
        var held = await AcceptAsync();
        var received = await ReceiveAsync(held, 2);
        await SettleAsync(held, new Settlement.Complete(), received[0]);
        var restarted = Open();
        Assert.Null(await restarted.AcceptSessionAsync(CancellationToken.None));
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["in hand", "waiting"], await DrainAsync(restarted));
    }

    [Fact]
    public async Task Two_processes_share_the_work_and_each_message_is_done_once()
    {
        var other = Open();
        for (var company = 0; company < 20; company++)
            await SendAsync([.. Enumerable.Range(0, 10).Select(i => Record($"{i}", $"company{company:D2}"))]);
        var done = await Task.WhenAll(
            Task.Run(() => DrainAsync()),
            Task.Run(() => DrainAsync(other)),
            Task.Run(() => DrainAsync())
        );
        Assert.Equal(200, done.Sum(ids => ids.Length));
        Assert.Empty(await DrainAsync());
        Assert.Empty(await Queue.PeekDeadLettersAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task Of_many_who_take_the_only_session_at_once_one_gets_it()
    {
        var other = Open();
        await SendAsync(Record("a"));
        var taken = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => Task.Run(() => (i % 2 == 0 ? Queue : other).AcceptSessionAsync(CancellationToken.None)))
        );
        Assert.Single(taken, held => held is not null);
    }
}
