using IntacctSync.Core.Remote;

namespace IntacctSync.Tests.Remote;

public sealed class RequestHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_minute_of_a_limiter_sees_more_than_the_limit_whatever_the_load(int seed)
    {
        var run = HistoryRun.Of(
            seed,
            limit: 150,
            livePerSecond: 0.2 + (seed % 7),
            bulk: seed % 3 != 0,
            TimeSpan.FromMinutes(6),
            slowest: seed % 5 == 0 ? 20_000 : 600
        );
        Assert.True(run.Sent.Count > 50, $"only {run.Sent.Count} requests");
        Assert.InRange(HistoryRun.Busiest(run.Sent.Select(sent => sent.Arrived)), 1, 150);
        Assert.InRange(HistoryRun.Busiest(run.Sent.Select(sent => sent.At)), 1, 150);
        Assert.InRange(
            HistoryRun.Busiest(
                run.Sent.Where(sent => sent.Priority == RequestPriority.Bulk).Select(sent => sent.Arrived)
            ),
            0,
            120
        );
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Live_work_gets_through_within_two_seconds_while_bulk_work_takes_all_it_can(int seed)
    {
        // 1.7 a second is 102 a minute: far more than the fifth that bulk work leaves when there is no live work.
        var run = HistoryRun.Of(
            seed,
            limit: 150,
            livePerSecond: 0.1 + (seed % 9 * 0.2),
            bulk: true,
            TimeSpan.FromMinutes(6),
            slowest: 600
        );
        Assert.InRange(run.LongestLiveWait, TimeSpan.Zero, RequestBudget.LongestWait);
    }

    [Fact]
    public void Bulk_work_alone_uses_nearly_all_of_its_share()
    {
        var run = HistoryRun.Of(1, limit: 150, livePerSecond: 0, bulk: true, TimeSpan.FromMinutes(10), slowest: 600);
        Assert.InRange(run.Sent.Count, 10 * 115, (10 * 120) + 30);
    }

    [Fact]
    public void Live_work_alone_uses_all_of_the_limit()
    {
        var ledger = new RequestHistory();
        for (var i = 0; i < 150; i++)
        {
            Assert.Equal(TimeSpan.Zero, ledger.WaitFor(RequestPriority.Live, Start, 0));
            ledger.Take(Start);
            ledger.Answered(Start);
        }

        Assert.Equal(RequestHistory.Window, ledger.WaitFor(RequestPriority.Live, Start, 0));
        Assert.Equal(TimeSpan.Zero, ledger.WaitFor(RequestPriority.Live, Start + RequestHistory.Window, 0));
    }

    [Fact]
    public void A_request_counts_until_a_minute_after_its_answer()
    {
        var ledger = new RequestHistory();
        ledger.Learn(1, null, Start);
        ledger.Take(Start);
        var answered = Start.AddSeconds(50);
        Assert.NotEqual(TimeSpan.Zero, ledger.WaitFor(RequestPriority.Live, Start.AddSeconds(49), 0));
        ledger.Answered(answered);
        Assert.Equal(
            answered + RequestHistory.Window - Start.AddSeconds(70),
            ledger.WaitFor(RequestPriority.Live, Start.AddSeconds(70), 0)
        );
    }

    [Fact]
    public void Those_who_wait_before_are_waited_for()
    {
        var ledger = new RequestHistory();
        ledger.Learn(2, null, Start);
        foreach (var second in new[] { 0, 10 })
        {
            ledger.Take(Start);
            ledger.Answered(Start.AddSeconds(second));
        }

        var now = Start.AddSeconds(20);
        Assert.Equal(Start + RequestHistory.Window - now, ledger.WaitFor(RequestPriority.Live, now, 0));
        Assert.Equal(Start.AddSeconds(10) + RequestHistory.Window - now, ledger.WaitFor(RequestPriority.Live, now, 1));
    }

    [Theory]
    [InlineData(700L, 700)]
    [InlineData(30L, 30)]
    [InlineData(null, 150)]
    [InlineData(0L, 150)]
    [InlineData(-5L, 150)]
    [InlineData(long.MaxValue, 150)]
    public void The_limit_is_what_the_header_says_if_that_is_possible(long? header, int expected)
    {
        var ledger = new RequestHistory();
        ledger.Learn(header, null, Start);
        Assert.Equal(expected, ledger.Limit);
    }

    [Fact]
    public void What_others_use_with_the_same_key_is_left_out_for_a_minute()
    {
        var ledger = new RequestHistory();
        ledger.Take(Start);
        ledger.Answered(Start);
        ledger.Learn(150, 9, Start);
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(TimeSpan.Zero, ledger.WaitFor(RequestPriority.Live, Start, 0));
            ledger.Take(Start);
        }

        Assert.NotEqual(TimeSpan.Zero, ledger.WaitFor(RequestPriority.Live, Start, 0));
        Assert.Equal(TimeSpan.Zero, ledger.WaitFor(RequestPriority.Live, Start + RequestHistory.Window, 0));
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(151L)]
    public void A_remainder_that_can_not_be_is_left_out(long remaining)
    {
        var ledger = new RequestHistory();
        ledger.Learn(150, remaining, Start);
        Assert.Equal(TimeSpan.Zero, ledger.WaitFor(RequestPriority.Bulk, Start, 0));
    }

    [Fact]
    public void A_pause_holds_everyone_and_is_not_shortened_by_a_shorter_one()
    {
        var ledger = new RequestHistory();
        ledger.Hold(Start.AddSeconds(30));
        ledger.Hold(Start.AddSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(30), ledger.WaitFor(RequestPriority.Live, Start, 0));
        Assert.Equal(TimeSpan.FromSeconds(30), ledger.WaitFor(RequestPriority.Bulk, Start, 0));
    }

    public static TheoryData<int> Seeds() => new(Enumerable.Range(1, 40));
}
