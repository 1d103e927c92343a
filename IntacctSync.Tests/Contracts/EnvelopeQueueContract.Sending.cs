using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Contracts;

public abstract partial class EnvelopeQueueContract
{
    [Fact]
    public async Task What_is_delivered_is_what_was_sent()
    {
        var sent = Record("org-1") with
        {
            SourceVersion = Clock.GetUtcNow().AddTicks(-7),
            Snapshot = "{\"name\":\"Ünïcödé 😀\"}",
            RunId = "run-1",
            Bulk = true,
            Failures = 2,
            TraceParent = "00-1-2-01",
        };
        Assert.Equal([SendOutcome.Accepted], await SendAsync(sent));
        var received = Assert.Single(await ReceiveAsync(await AcceptAsync()));
        Assert.Equal(sent, received.Envelope);
        Assert.Equal(1, received.DeliveryCount);
    }

    [Fact]
    public async Task Sending_nothing_does_nothing() => Assert.Empty(await SendAsync());

    [Fact]
    public async Task Messages_come_in_the_order_in_which_they_were_sent()
    {
        await SendAsync(Record("c"), Record("a"));
        await SendAsync(Record("b"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(Record("0"));
        Assert.Equal(["c", "a", "b", "0"], await DrainAsync());
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
    public async Task The_next_attempt_is_no_duplicate()
    {
        Assert.Equal(
            [SendOutcome.Accepted, SendOutcome.Accepted],
            await SendAsync(Record("a"), Record("a", attempt: 1))
        );
        Assert.Equal(["a", "a"], await DrainAsync());
    }

    [Fact]
    public async Task A_message_is_not_delivered_before_its_time_and_takes_its_place_then()
    {
        var later = Clock.GetUtcNow().AddMinutes(5);
        await Queue.SendAsync(
            [new OutgoingEnvelope(Record("late"), later), new OutgoingEnvelope(Record("past"), later.AddDays(-1))],
            CancellationToken.None
        );
        Assert.Equal(["past"], await DrainAsync());
        Assert.Equal(later, await Queue.NextDueAsync(CancellationToken.None));
        Clock.AdvanceTo(later.AddTicks(-1));
        await SendAsync(Record("first"));
        Assert.Equal(["first"], await DrainAsync());
        await SendAsync(Record("second"));
        Clock.Advance(TimeSpan.FromTicks(1));
        await SendAsync(Record("third"));
        Assert.Equal(["second", "late", "third"], await DrainAsync());
    }

    [Fact]
    public async Task A_thousand_messages_sent_by_many_at_once_come_once_each()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i => SendAsync([.. Enumerable.Range(i * 10, 10).Select(j => Record($"{j:D4}"))]))
        );
        Assert.Equal(1000, (await Queue.CountAsync(CancellationToken.None)).Ready);
        Assert.Equal(
            Enumerable.Range(0, 1000).Select(i => $"{i:D4}"),
            (await DrainAsync()).Order(StringComparer.Ordinal)
        );
        Assert.Equal(0, (await Queue.CountAsync(CancellationToken.None)).Ready);
    }

    [Fact]
    public async Task A_send_that_was_cancelled_before_it_began_sends_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Queue.SendAsync([new OutgoingEnvelope(Record("a"))], new CancellationToken(canceled: true))
        );
        Assert.Empty(await DrainAsync());
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
        var counts = await Queue.CountAsync(CancellationToken.None);
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
        Assert.Equal(2, await Queue.PurgeAsync(Demo, CancellationToken.None));
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
}
