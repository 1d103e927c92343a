namespace IntacctSync.Tests.Support;

public sealed class TestClockTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void Stands_still_until_it_is_moved()
    {
        var start = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        Assert.Equal(start, _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(start.AddMinutes(5), _clock.GetUtcNow());
        _clock.AdvanceTo(start);
        Assert.Equal(start.AddMinutes(5), _clock.GetUtcNow());
    }

    [Fact]
    public void Elapsed_time_is_how_far_it_was_moved()
    {
        var before = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(TimeSpan.FromSeconds(90), _clock.GetElapsedTime(before));
    }

    [Fact]
    public void Timers_fire_in_the_order_in_which_they_are_due_at_the_time_they_are_due()
    {
        List<(string Name, DateTimeOffset At)> fired = [];
        using var late = Timer("late", 3, fired);
        using var early = Timer("early", 1, fired);
        var start = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([("early", start.AddSeconds(1))], fired);
        Assert.Equal(start.AddSeconds(3), _clock.NextTimerDue);
        Assert.True(_clock.AdvanceToNextTimer());
        Assert.Equal(("late", start.AddSeconds(3)), fired[^1]);
        Assert.Null(_clock.NextTimerDue);
        Assert.False(_clock.AdvanceToNextTimer());
    }

    [Fact]
    public void A_periodic_timer_fires_each_period_until_it_is_changed_or_disposed()
    {
        var count = 0;
        using var timer = _clock.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(3, count);
        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(3, count);
        Assert.True(timer.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(4, count);
        timer.Dispose();
        Assert.False(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void A_timer_set_for_no_time_at_all_fires_at_once()
    {
        var fired = false;
        using var timer = _clock.CreateTimer(_ => fired = true, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.True(fired);
    }

    [Fact]
    public void A_callback_may_use_the_clock_and_set_timers_that_fire_within_the_same_move()
    {
        List<DateTimeOffset> fired = [];
        ITimer? second = null;
        using var first = _clock.CreateTimer(
            _ =>
                second = _clock.CreateTimer(
                    _ => fired.Add(_clock.GetUtcNow()),
                    null,
                    TimeSpan.FromSeconds(1),
                    Timeout.InfiniteTimeSpan
                ),
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan
        );
        var start = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([start.AddSeconds(2)], fired);
        second?.Dispose();
    }

    [Fact]
    public async Task Delays_and_time_outs_follow_it()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock, CancellationToken.None);
        using var timeOut = new CancellationTokenSource(TimeSpan.FromMinutes(2), _clock);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await delay;
        Assert.False(timeOut.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(timeOut.IsCancellationRequested);
    }

    [Fact]
    public void Ids_count()
    {
        var ids = new CountingIds();
        Assert.Equal(["id-000001", "id-000002"], [ids.NewId(), ids.NewId()]);
    }

    private ITimer Timer(string name, int seconds, List<(string Name, DateTimeOffset At)> fired) =>
        _clock.CreateTimer(
            _ => fired.Add((name, _clock.GetUtcNow())),
            null,
            TimeSpan.FromSeconds(seconds),
            Timeout.InfiniteTimeSpan
        );
}
