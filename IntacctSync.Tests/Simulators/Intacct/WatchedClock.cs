using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Simulators.Intacct;

/// <summary>
/// A test clock that says when others have begun to wait on it, so that a test knows when to move it.
/// </summary>
internal sealed class WatchedClock : TimeProvider
{
    private readonly SemaphoreSlim _begun = new(0);
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 3, 2, 15, 4, 5, 600, TimeSpan.Zero));

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = _clock.CreateTimer(callback, state, dueTime, period);
        _begun.Release();
        return timer;
    }

    public void Advance(TimeSpan by) => _clock.Advance(by);

    /// <summary>Completes when so many more waits have begun.</summary>
    public async Task WaitersAsync(int count)
    {
        for (; count > 0; count--)
            await _begun.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
