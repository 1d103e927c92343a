using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Queue;

namespace IntacctSync.Tests.Contracts;

/// <summary>What the queue of one machine does beyond what a Service Bus queue does.</summary>
public abstract partial class LocalQueueContract : EnvelopeQueueContract
{
    protected SqliteEnvelopeQueue Local => ((LocalSessionQueue)Queue).Local;

    [Fact]
    public async Task An_empty_queue_has_nothing_due() => Assert.Null(await Local.NextDueAsync(CancellationToken.None));

    [Fact]
    public async Task The_next_due_time_is_that_of_the_first_delayed_message()
    {
        var later = Clock.GetUtcNow().AddMinutes(5);
        await Queue.SendAsync([new OutgoingEnvelope(Record("late"), later)], CancellationToken.None);
        Assert.Equal(later, await Local.NextDueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_dead_letter_says_how_often_it_was_delivered()
    {
        await SendAsync(Record("poison"));
        var held = await AcceptAsync();
        while (await ReceiveAsync(held) is [var received])
            await SettleAsync(held, new Settlement.Abandon(), received);
        var dead = Assert.Single(await Queue.PeekDeadLettersAsync(10, CancellationToken.None));
        Assert.Equal(10, dead.DeliveryCount);
        Assert.Contains("10 times", dead.Description, StringComparison.Ordinal);
        var counts = await Local.CountAsync(CancellationToken.None);
        Assert.Equal((0L, 0L, 1L), (counts.Ready, counts.Delayed, counts.Dead));
    }

    [Fact]
    public async Task A_message_sent_again_within_ten_minutes_is_dropped_and_said_to_be_a_duplicate()
    {
        await SendAsync(Record("a"));
        Assert.Equal(
            [SendOutcome.Duplicate, SendOutcome.Accepted, SendOutcome.Duplicate],
            await SendAsync(Record("a"), Record("b"), Record("b"))
        );
        Assert.Equal(["a", "b"], await DrainAsync());
        Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal([SendOutcome.Duplicate], await SendAsync(Record("a")));
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([SendOutcome.Accepted], await SendAsync(Record("a")));
        Assert.Equal(["a"], await DrainAsync());
    }

    [Fact]
    public async Task What_waits_is_counted_by_connection_and_flow()
    {
        var other = ConnectionId.Parse("other");
        var start = Clock.GetUtcNow();
        await SendAsync(Record("a"), Record("b", connection: other) with { Flow = ZuperFlows.Invoices });
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Queue.SendAsync([new OutgoingEnvelope(Record("c"), start.AddHours(1))], CancellationToken.None);
        await SendAsync(
            Record("poll") with
            {
                Kind = EnvelopeKind.Poll,
                Flow = null,
                SourceId = null,
                Feed = "products",
            }
        );
        var counts = await Local.CountAsync(CancellationToken.None);
        Assert.Equal((3L, 1L, 0L), (counts.Ready, counts.Delayed, counts.Dead));
        Assert.Equal(
            [
                (Demo, (FlowName?)null, 1L, start.AddMinutes(1)),
                (Demo, ZuperFlows.Organizations, 2L, start),
                (other, ZuperFlows.Invoices, 1L, start),
            ],
            counts.Pending.Select(one => (one.Connection, one.Flow, one.Count, one.OldestFirstSeen))
        );
    }

    [Fact]
    public async Task A_purge_forgets_all_of_one_connection_and_nothing_else()
    {
        var other = ConnectionId.Parse("other");
        await SendAsync(Record("a"), Record("b"), Record("c", connection: other));
        var held = await AcceptAsync();
        var received = await ReceiveAsync(held, 2);
        await SettleAsync(held, new Settlement.DeadLetter("reason", "text"), received[0]);
        Assert.Equal(2, await Local.PurgeAsync(Demo, CancellationToken.None));
        await SettleAsync(
            held,
            new Settlement.Again(received[1].Envelope with { Attempt = 1 }, Clock.GetUtcNow()),
            received[1]
        );
        await Queue.ReleaseAsync(held, CancellationToken.None);
        Assert.Equal(["c"], await DrainAsync());
        Assert.Empty(await Queue.PeekDeadLettersAsync(10, CancellationToken.None));
        Assert.Equal(
            [SendOutcome.Accepted, SendOutcome.Duplicate],
            await SendAsync(Record("a"), Record("c", connection: other))
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
        var counts = await Local.CountAsync(CancellationToken.None);
        Assert.Equal((0L, 0L, 0L), (counts.Ready, counts.Delayed, counts.Dead));
    }
}
