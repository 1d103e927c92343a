using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Web.Operations;

/// <summary>
/// Keeps the counts of a connection's records for a while, however many look at its status: for fifty times as long as
/// the counting took, so that a few records are counted as they stand and very many at most once a minute.
/// </summary>
internal sealed class RecordCounting(RecordQuery records, TimeProvider time)
{
    private const int TimesAsLong = 50;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ConnectionId, Counter> _counters = new();

    public Task<CountedRecords> CountAsync(
        ConnectionId connection,
        IReadOnlyList<FlowName> flows,
        CancellationToken cancellationToken
    ) => CountAsync(connection, flows, Kept, cancellationToken);

    /// <param name="connection">Whose records.</param>
    /// <param name="flows">Of which flows.</param>
    /// <param name="atMost">How old the counts may be.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    public async Task<CountedRecords> CountAsync(
        ConnectionId connection,
        IReadOnlyList<FlowName> flows,
        TimeSpan atMost,
        CancellationToken cancellationToken
    )
    {
        var counter = _counters.GetOrAdd(connection, static _ => new Counter());
        await counter.Gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var kept = counter.Lasting < atMost ? counter.Lasting : atMost;
            if (counter.Last is { } last && NotedTimes.IsWithin(kept, last.CountedAt, now))
                return last;
            var began = time.GetTimestamp();
            var counts = new Dictionary<FlowName, RecordCounts>();
            foreach (var flow in flows)
                counts[flow] = await records.CountAsync(connection, flow, cancellationToken);
            var lasting = time.GetElapsedTime(began) * TimesAsLong;
            counter.Lasting = lasting > Shortest ? lasting : Shortest;
            return counter.Last = new CountedRecords(counts, now);
        }
        finally
        {
            counter.Gate.Release();
        }
    }

    /// <summary>
    /// To be called when a connection was removed. A new connection of the same name is then counted afresh.
    /// </summary>
    public void Forget(ConnectionId connection) => _counters.TryRemove(connection, out _);

    private sealed class Counter
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public CountedRecords? Last { get; set; }

        public TimeSpan Lasting { get; set; } = Shortest;
    }
}

/// <summary>The counts of a connection's flows, and when the counting began.</summary>
public sealed record CountedRecords(IReadOnlyDictionary<FlowName, RecordCounts> ByFlow, DateTimeOffset CountedAt);
