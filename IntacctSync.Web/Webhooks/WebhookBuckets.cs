using System.Collections.Concurrent;
using IntacctSync.Core.Domain;

namespace IntacctSync.Web.Webhooks;

/// <summary>
/// How many webhooks without its secret a connection is sent before they are told to wait: 600 at once, and 100 more
/// each second. Those with the secret have no rate; see <see cref="Core.Detection.Webhooks.WebhooksInHand"/>.
/// </summary>
internal sealed class WebhookBuckets(TimeProvider time)
{
    public const int Burst = 600;
    public const int PerSecond = 100;

    /// <summary>Beyond this many, those that are full are forgotten: anybody can ask for any name.</summary>
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<ConnectionId, Bucket> _buckets = new();

    /// <returns>Null when it may; else how long until the next may.</returns>
    public TimeSpan? TryTake(ConnectionId connection)
    {
        if (_buckets.Count > MostKept)
        {
            foreach (var full in _buckets.Where(pair => pair.Value.IsFull(time.GetTimestamp(), time)))
                _buckets.TryRemove(full);
        }

        return _buckets.GetOrAdd(connection, _ => new Bucket(time.GetTimestamp())).TryTake(time);
    }

    private sealed class Bucket(long made)
    {
        private readonly Lock _gate = new();
        private double _tokens = Burst;
        private long _at = made;

        public bool IsFull(long at, TimeProvider time)
        {
            lock (_gate)
                return Tokens(at, time) >= Burst;
        }

        public TimeSpan? TryTake(TimeProvider time)
        {
            lock (_gate)
            {
                var now = time.GetTimestamp();
                (_tokens, _at) = (Tokens(now, time), now);
                if (_tokens < 1)
                    return TimeSpan.FromSeconds((1 - _tokens) / PerSecond);
                _tokens--;
                return null;
            }
        }

        private double Tokens(long at, TimeProvider time) =>
            Math.Min(Burst, _tokens + (time.GetElapsedTime(_at, at).TotalSeconds * PerSecond));
    }
}
