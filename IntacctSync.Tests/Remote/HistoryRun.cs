using IntacctSync.Core.Remote;

namespace IntacctSync.Tests.Remote;

/// <summary>
/// Requests sent as a ledger lets them, in steps of 50 ms: live ones at random times, bulk ones whenever they may.
/// </summary>
internal sealed class HistoryRun
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public List<(RequestPriority Priority, DateTimeOffset At, DateTimeOffset Arrived)> Sent { get; } = [];

    public TimeSpan LongestLiveWait { get; private set; }

    /// <summary>
    /// Requests arrive at the limiter at a random time between sending and answer, which are up to
    /// <paramref name="slowest"/> milliseconds apart.
    /// </summary>
    public static HistoryRun Of(int seed, int limit, double livePerSecond, bool bulk, TimeSpan length, int slowest)
    {
        var run = new HistoryRun();
        var random = new Random(seed);
        var ledger = new RequestHistory();
        var start = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        ledger.Learn(limit, null, start);
        var flying = new PriorityQueue<int, DateTimeOffset>();
        var live = new Queue<DateTimeOffset>();
        for (var now = start; now < start + length; now += Step)
        {
            while (flying.TryPeek(out _, out var answered) && answered <= now)
            {
                flying.Dequeue();
                ledger.Answered(now);
            }

            if (random.NextDouble() < livePerSecond * Step.TotalSeconds)
                live.Enqueue(now);
            while (live.TryPeek(out var since) && ledger.WaitFor(RequestPriority.Live, now, 0) == TimeSpan.Zero)
            {
                live.Dequeue();
                run.LongestLiveWait = now - since > run.LongestLiveWait ? now - since : run.LongestLiveWait;
                run.Send(ledger, flying, RequestPriority.Live, now, random, slowest);
            }

            while (bulk && live.Count == 0 && ledger.WaitFor(RequestPriority.Bulk, now, 0) == TimeSpan.Zero)
                run.Send(ledger, flying, RequestPriority.Bulk, now, random, slowest);
        }

        foreach (var since in live)
            run.LongestLiveWait =
                start + length - since > run.LongestLiveWait ? start + length - since : run.LongestLiveWait;
        return run;
    }

    /// <summary>
    /// The most of these times that lie in any 60 seconds, both ends included: no fixed or sliding window sees more.
    /// </summary>
    public static int Busiest(IEnumerable<DateTimeOffset> times)
    {
        var ordered = times.Order().ToList();
        var (busiest, first) = (0, 0);
        for (var last = 0; last < ordered.Count; last++)
        {
            while (ordered[last] - ordered[first] > TimeSpan.FromSeconds(60))
                first++;
            busiest = Math.Max(busiest, last - first + 1);
        }

        return busiest;
    }

    private void Send(
        RequestHistory ledger,
        PriorityQueue<int, DateTimeOffset> flying,
        RequestPriority priority,
        DateTimeOffset now,
        Random random,
        int slowest
    )
    {
        ledger.Take(now);
        var duration = TimeSpan.FromMilliseconds(random.Next(1, slowest));
        flying.Enqueue(0, now + duration);
        Sent.Add((priority, now, now + (duration * random.NextDouble())));
    }
}
