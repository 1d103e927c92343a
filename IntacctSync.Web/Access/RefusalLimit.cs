using System.Collections.Concurrent;

namespace IntacctSync.Web.Access;

/// <summary>
/// How often a caller may be refused before it is asked to come again later. What was proven is never held against it:
/// behind one proxy strangers and honest callers have the same address.
/// </summary>
/// <param name="burst">So often at once.</param>
/// <param name="pause">How long until it may be refused once more.</param>
/// <param name="time">Fills the buckets up again.</param>
internal sealed class RefusalLimit(int burst, TimeSpan pause, TimeProvider time)
{
    /// <summary>So many callers are told apart; all others share one bucket.</summary>
    private const int MostCallers = 10_000;

    private const string Others = "";

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private long _sweptAt = time.GetTimestamp();

    /// <returns>Null where it is told why; else how long until then.</returns>
    public TimeSpan? TryTake(Caller caller)
    {
        if (_buckets.Count >= MostCallers)
            Sweep();
        var place = _buckets.ContainsKey(caller.Place) || _buckets.Count < MostCallers ? caller.Place : Others;
        return _buckets.GetOrAdd(place, _ => new Bucket(burst, time.GetTimestamp())).TryTake(burst, pause, time);
    }

    /// <summary>Forgets who has not been refused for long; at most once in a pause, since it looks at all.</summary>
    private void Sweep()
    {
        var swept = Interlocked.Read(ref _sweptAt);
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(swept, now) < pause || Interlocked.CompareExchange(ref _sweptAt, now, swept) != swept)
            return;
        foreach (var full in _buckets.Where(pair => pair.Value.IsFull(burst, pause, time)))
            _buckets.TryRemove(full);
    }

    private sealed class Bucket(double tokens, long at)
    {
        private readonly Lock _gate = new();
        private double _tokens = tokens;
        private long _at = at;

        public bool IsFull(int burst, TimeSpan pause, TimeProvider time)
        {
            lock (_gate)
                return Tokens(burst, pause, time.GetTimestamp(), time) >= burst;
        }

        public TimeSpan? TryTake(int burst, TimeSpan pause, TimeProvider time)
        {
            lock (_gate)
            {
                var now = time.GetTimestamp();
                (_tokens, _at) = (Tokens(burst, pause, now, time), now);
                if (_tokens < 1)
                    return (1 - _tokens) * pause;
                _tokens--;
                return null;
            }
        }

        private double Tokens(int burst, TimeSpan pause, long now, TimeProvider time) =>
            Math.Min(burst, _tokens + (time.GetElapsedTime(_at, now) / pause));
    }
}
