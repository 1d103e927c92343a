using IntacctSync.Core.Cursors;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Detection;

public sealed class PollerTests : IAsyncLifetime
{
    private RoadStand _stand = null!;

    public async Task InitializeAsync() => _stand = await RoadStand.OpenAsync();

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task A_tick_sends_one_poll_and_the_next_none_while_it_waits()
    {
        await TickAsync();
        var poll = Assert.Single(_stand.Queue.Sent).Envelope;
        Assert.Equal(
            (EnvelopeKind.Poll, "organizations", "poll:harbor:organizations:1772442000"),
            (poll.Kind, poll.Feed, poll.EventId)
        );
        _stand.Clock.Advance(TimeSpan.FromMinutes(15));
        await TickAsync();
        Assert.Single(_stand.Queue.Sent);
        _stand.Clock.Advance(TimeSpan.FromMinutes(45));
        await TickAsync();
        Assert.Equal(2, _stand.Queue.Sent.Count);
    }

    [Fact]
    public async Task A_poll_that_begins_before_it_is_marked_does_not_silence_the_feed()
    {
        _stand.Queue.Sending = token =>
            _stand
                .Get<CursorStore>()
                .ChangeAsync(
                    Some.ConnectionId,
                    "organizations",
                    c => c with { LastRunAt = _stand.Clock.GetUtcNow(), WaitingPoll = null, WaitingSince = null },
                    token
                );
        await TickAsync();
        _stand.Clock.Advance(TimeSpan.FromMinutes(15));
        await TickAsync();
        Assert.Equal(2, _stand.Queue.Sent.Count);
    }

    [Fact]
    public async Task A_poll_that_waits_since_tomorrow_does_not_silence_the_feed()
    {
        _stand.Clock.SetBy(TimeSpan.FromDays(1));
        await TickAsync();
        _stand.Clock.SetBy(TimeSpan.FromDays(-1));
        await TickAsync();
        Assert.Equal(2, _stand.Queue.Sent.Count);
        await TickAsync();
        Assert.Equal(2, _stand.Queue.Sent.Count);
    }

    [Fact]
    public async Task A_feed_that_was_read_tomorrow_still_has_one_poll_waiting_at_most()
    {
        await _stand
            .Get<CursorStore>()
            .ChangeAsync(
                Some.ConnectionId,
                "organizations",
                c => c with { LastRunAt = _stand.Clock.GetUtcNow().AddDays(1) },
                CancellationToken.None
            );
        await TickAsync();
        await TickAsync();
        Assert.Single(_stand.Queue.Sent);
    }

    [Fact]
    public async Task What_fails_for_one_connection_keeps_no_poll_from_the_next_one()
    {
        await _stand.ConnectAsync(ConnectionId.Parse("next"));
        var first = true;
        _stand.Queue.Sending = _ =>
            Interlocked.Exchange(ref first, false)
                ? throw new QueueUnavailableException("Not now.")
                : Task.CompletedTask;
        await Assert.ThrowsAsync<QueueUnavailableException>(TickAsync);
        Assert.Equal(2, _stand.Queue.Sent.DistinctBy(s => s.Envelope.Connection).Count());
    }

    private Task TickAsync() =>
        _stand.Get<Poller>().TickAsync([ZuperFlows.Organizations], _stand.Clock.GetUtcNow(), CancellationToken.None);
}
