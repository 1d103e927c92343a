namespace IntacctSync.Tests.Support;

/// <summary>
/// A clock that stands still until a test moves it; timers fire while it is moved, in the order in which they are due.
/// </summary>
/// <remarks>
/// Callbacks run on the thread that moves the clock, outside its lock, with the clock standing at the time they were
/// due.
/// </remarks>
public sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ClockTimer> _timers = [];
    private readonly List<(DateTimeOffset Due, TaskCompletionSource Seen)> _awaited = [];
    private DateTimeOffset _now;
    private TimeSpan _set;
    private long _created;

    public TestClock(DateTimeOffset? start = null) =>
        _now = (start ?? new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)).ToUniversalTime();

    /// <summary>When the next timer is due, or null when none is set.</summary>
    public DateTimeOffset? NextTimerDue
    {
        get
        {
            lock (_gate)
                return Next()?.Due + _set;
        }
    }

    /// <summary>Ends when the next timer to fire is one that is due then.</summary>
    public Task NextTimerIsDueAsync(DateTimeOffset due)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _awaited.Add((due - _set, seen));
        TellOfNext();
        return seen.Task;
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now + _set;
    }

    /// <summary>The time that passes, whatever the clock is set to.</summary>
    public override long GetTimestamp()
    {
        lock (_gate)
            return _now.UtcTicks;
    }

    /// <summary>Sets the clock, as an administrator or a time server does: timers go by the time that passes.</summary>
    public void SetBy(TimeSpan by)
    {
        lock (_gate)
            _set += by;
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        AdvanceTo(GetUtcNow() + by);
    }

    /// <summary>
    /// Moves on to that time and fires what is due on the way; a time that has passed already moves nothing.
    /// </summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        var wanted = time.ToUniversalTime();
        while (TakeDue(wanted) is { } timer)
            timer.Fire();
    }

    /// <summary>Moves on to when the next timer is due and fires it.</summary>
    /// <returns>False when no timer is set.</returns>
    public bool AdvanceToNextTimer()
    {
        if (NextTimerDue is not { } due)
            return false;
        AdvanceTo(due);
        return true;
    }

    /// <summary>
    /// Moves on to each timer that is due within so long, until the work is done: pauses pass, time-outs do not.
    /// </summary>
    public async Task PassPausesAsync(Task work, TimeSpan longest)
    {
        for (var i = 0; i < 5_000_000 && !work.IsCompleted; i++)
        {
            if (NextTimerDue is { } due && due - GetUtcNow() <= longest)
                AdvanceTo(due);
            await Task.Yield();
        }

        Assert.True(work.IsCompleted, "the work did not end");
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ClockTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// The next timer due until then, with the clock moved to it; null, with the clock moved all the way, when there is
    /// none.
    /// </summary>
    private ClockTimer? TakeDue(DateTimeOffset wanted)
    {
        lock (_gate)
        {
            var until = wanted - _set;
            var timer = Next();
            if (timer is null || timer.Due > until)
            {
                _now = until > _now ? until : _now;
                return null;
            }

            _now = timer.Due > _now ? timer.Due : _now;
            if (timer.Period > TimeSpan.Zero)
                (timer.Due, timer.Order) = (timer.Due + timer.Period, ++_created);
            else
                _timers.Remove(timer);
            return timer;
        }
    }

    private ClockTimer? Next() => _timers.MinBy(timer => (timer.Due, timer.Order));

    private bool Set(ClockTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.Disposed)
                return false;
            _timers.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                (timer.Due, timer.Period, timer.Order) = (_now + dueTime, period, ++_created);
                _timers.Add(timer);
            }
        }

        TellOfNext();
        if (dueTime == TimeSpan.Zero)
            AdvanceTo(GetUtcNow());
        return true;
    }

    private void TellOfNext()
    {
        lock (_gate)
        {
            foreach (var (_, seen) in _awaited.Where(awaited => awaited.Due == Next()?.Due))
                seen.TrySetResult();
            _awaited.RemoveAll(awaited => awaited.Seen.Task.IsCompleted);
        }
    }

    private void Remove(ClockTimer timer)
    {
        lock (_gate)
        {
            timer.Disposed = true;
            _timers.Remove(timer);
        }

        TellOfNext();
    }

    private sealed class ClockTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; set; }

        /// <summary>Timers due at the same time fire in the order in which they were set.</summary>
        public long Order { get; set; }

        public bool Disposed { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
            ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
            return clock.Set(this, dueTime, period);
        }

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            clock.Remove(this);
            return ValueTask.CompletedTask;
        }
    }
}
