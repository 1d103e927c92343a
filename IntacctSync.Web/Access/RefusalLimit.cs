using System.Threading.RateLimiting;

namespace IntacctSync.Web.Access;

/// <summary>
/// How often a caller may be refused before it is asked to come again later. What was proven is never held against it:
/// behind one proxy strangers and honest callers have the same address.
/// </summary>
/// <remarks>The limiter of .NET goes by the machine's clock and takes no other.</remarks>
/// <param name="burst">So often at once.</param>
/// <param name="pause">How long until it may be refused once more.</param>
internal sealed class RefusalLimit(int burst, TimeSpan pause) : IDisposable
{
    /// <summary>So many buckets at most, however many addresses call: some callers share one.</summary>
    private const int MostBuckets = 10_000;

    private readonly PartitionedRateLimiter<Caller> _buckets = PartitionedRateLimiter.Create<Caller, uint>(caller =>
        RateLimitPartition.GetTokenBucketLimiter(
            unchecked((uint)StringComparer.Ordinal.GetHashCode(caller.Place)) % MostBuckets,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = pause,
                QueueLimit = 0,
            }
        )
    );

    /// <returns>Null where it is told why; else how long until then.</returns>
    public TimeSpan? TryTake(Caller caller)
    {
        using var lease = _buckets.AttemptAcquire(caller);
        if (lease.IsAcquired)
            return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : pause;
    }

    public void Dispose() => _buckets.Dispose();
}
