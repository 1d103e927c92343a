using IntacctSync.Core.Envelopes;

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
    public async Task A_message_sent_again_within_ten_minutes_is_dropped()
    {
        await SendAsync(Record("a"));
        await SendAsync(Record("a"), Record("b"), Record("b"));
        Assert.Equal(["a", "b"], await DrainAsync());
        Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        await SendAsync(Record("a"));
        Assert.Empty(await DrainAsync());
        Clock.Advance(TimeSpan.FromTicks(1));
        await SendAsync(Record("a"));
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
        Assert.Equal(
            Enumerable.Range(0, 1000).Select(i => $"{i:D4}"),
            (await DrainAsync()).Order(StringComparer.Ordinal)
        );
        Assert.Empty(await DrainAsync());
    }

    [Fact]
    public async Task A_send_that_was_cancelled_before_it_began_sends_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Queue.SendAsync([new OutgoingEnvelope(Record("a"))], new CancellationToken(canceled: true))
        );
        Assert.Empty(await DrainAsync());
    }
}
