using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Pipeline;

public sealed class BatchPlanTests
{
    [Fact]
    public void Of_several_envelopes_of_a_record_the_newest_comes_first()
    {
        var old = Some.Received(Some.Envelope("a", "e1"));
        var versioned = Some.Received(
            Some.Envelope("a", "e2") with
            {
                FirstSeen = Some.Now.AddSeconds(1),
                SourceVersion = Some.Now,
            }
        );
        var newest = Some.Received(
            Some.Envelope("a", "e3") with
            {
                FirstSeen = Some.Now.AddSeconds(1),
                SourceVersion = Some.Now.AddSeconds(1),
            }
        );
        var other = Some.Received("b");
        var group = Assert.Single(BatchPlan.Of([old, newest, other, versioned], ZuperFlows.All).Records);
        Assert.Equal([newest, versioned, old], group.Records[0]);
        Assert.Equal([other], group.Records[1]);
    }

    /// <summary>The one that comes first goes on under the id of its next attempt, which must be a new one.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public void Of_several_attempts_of_an_event_the_last_comes_first(int laterBySeconds)
    {
        var first = Some.Received(Some.Envelope("a", "e1") with { FirstSeen = Some.Now.AddSeconds(laterBySeconds) });
        var last = Some.Received(Some.Envelope("a", "e1") with { Attempt = 1, Failures = 1 });
        var older = Some.Received(Some.Envelope("a", "e0") with { FirstSeen = Some.Now.AddSeconds(-1), Attempt = 3 });
        Assert.Equal(
            [last, first, older],
            Assert.Single(Assert.Single(BatchPlan.Of([older, first, last], ZuperFlows.All).Records).Records)
        );
    }

    [Fact]
    public void Parents_come_before_the_records_that_refer_to_them()
    {
        var shuffled = ZuperFlows
            .All.Select(f => f.Name)
            .Reverse()
            .Select(f => Some.Received(Some.Envelope("a", f.Value) with { Flow = f }));
        Assert.Equal(
            ZuperFlows.All.Select(f => f.Name),
            BatchPlan.Of(shuffled, ZuperFlows.All).Records.Select(g => g.Flow)
        );
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(9, 2)]
    public void What_was_delivered_again_and_again_runs_alone(int deliveries, int groups)
    {
        var suspect = Some.Received(Some.Envelope("b"), deliveries);
        var plan = BatchPlan.Of([Some.Received("a"), suspect, Some.Received("c")], ZuperFlows.All);
        Assert.Equal(groups, plan.Records.Count);
        if (groups == 2)
            Assert.Equal([suspect], Assert.Single(plan.Records[^1].Records));
    }

    [Fact]
    public void A_batch_of_suspects_has_a_group_for_each() =>
        Assert.Equal(
            [1, 1],
            BatchPlan
                .Of([Some.Received(Some.Envelope("a"), 3), Some.Received(Some.Envelope("b"), 3)], ZuperFlows.All)
                .Records.Select(g => g.Records.Count)
        );

    [Fact]
    public void Polls_of_a_feed_are_one_poll_and_bookmarks_stay_apart()
    {
        var (one, two) = (Poll("organizations", "p1"), Poll("organizations", "p2"));
        var other = Poll("customers", "p3");
        var bookmarks = new[] { Bookmark("b1"), Bookmark("b2") };
        var plan = BatchPlan.Of([bookmarks[0], one, other, two, bookmarks[1], Some.Received("a")], ZuperFlows.All);
        Assert.Equal(
            [
                [one, two],
                [other],
            ],
            plan.Polls
        );
        Assert.Equal(bookmarks, plan.Backfills);
        Assert.Single(plan.Records);
    }

    [Fact]
    public void Nothing_of_a_batch_is_left_out_or_planned_twice()
    {
        ReceivedEnvelope[] batch =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(i =>
                    Some.Received(Some.Envelope($"r{i % 7}", $"e{i}") with { Flow = ZuperFlows.All[i % 3].Name }, i % 5)
                ),
            Poll("organizations", "p1"),
            Poll("organizations", "p2"),
            Bookmark("b1"),
        ];
        var plan = BatchPlan.Of(batch, ZuperFlows.All);
        var planned = plan
            .Records.SelectMany(g => g.Records.SelectMany(r => r))
            .Concat(plan.Polls.SelectMany(p => p))
            .Concat(plan.Backfills)
            .ToList();
        Assert.Equal(batch.Length, planned.Count);
        Assert.Equal(batch.ToHashSet(), planned.ToHashSet());
    }

    private static ReceivedEnvelope Poll(string feed, string eventId) =>
        Some.Received(
            Some.Envelope("", eventId) with
            {
                Kind = EnvelopeKind.Poll,
                Flow = null,
                SourceId = null,
                Feed = feed,
            }
        );

    private static ReceivedEnvelope Bookmark(string eventId) =>
        Some.Received(
            Some.Envelope("", eventId) with
            {
                Kind = EnvelopeKind.Backfill,
                SourceId = null,
                Bookmark = "{}",
            }
        );
}
