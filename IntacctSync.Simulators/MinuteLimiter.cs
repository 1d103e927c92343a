namespace IntacctSync.Simulators;

/// <summary>
/// Counts requests in windows of a minute, each of which begins with the first request after the last one ended. How
/// the real services' windows lie is not published. Thread-safe.
/// </summary>
internal sealed class MinuteLimiter(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private DateTimeOffset _ends;
    private int _used;

    /// <summary>Requests a window; 0 = no limit.</summary>
    public int Limit { get; set; }

    /// <summary>Takes one request out of the window.</summary>
    /// <returns>What remains of it, or -1 and how long the caller should wait where nothing did.</returns>
    public (int Remaining, TimeSpan RetryAfter) Take()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now >= _ends)
                (_ends, _used) = (now + Window, 0);
            if (_used >= Limit)
                return (-1, _ends - now);
            _used++;
            return (Limit - _used, TimeSpan.Zero);
        }
    }

    public void Clear()
    {
        lock (_lock)
            _ends = default;
    }
}
