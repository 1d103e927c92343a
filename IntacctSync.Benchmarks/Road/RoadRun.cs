using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Queue;

namespace IntacctSync.Benchmarks.Road;

/// <summary>What one run over all records took.</summary>
/// <param name="Seconds">From before the first envelope is put on the queue until the queue is empty.</param>
/// <param name="Transactions">As Intacct bills them.</param>
/// <param name="IntacctRequests">Requests to Intacct, the sign-in included.</param>
/// <param name="ZuperRequests">Requests to Zuper.</param>
internal sealed record RoadRun(double Seconds, long Transactions, long IntacctRequests, long ZuperRequests)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Puts one envelope for each record on the queue, all at once, and waits until none is left, delayed ones
    /// included.
    /// </summary>
    /// <param name="world">The host and both simulators.</param>
    /// <param name="connection">Whose records.</param>
    /// <param name="uids">The records.</param>
    /// <param name="name">Makes the events of this run others than those of the run before.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<RoadRun> MeasureAsync(
        RoadWorld world,
        Connection connection,
        IReadOnlyList<string> uids,
        string name,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (transactions, requests, zuper) = Counts(world);
        var queue = world.Get<SqliteEnvelopeQueue>();
        var start = time.GetTimestamp();
        var now = time.GetUtcNow();
        await queue.SendAsync(
            [.. uids.Select((uid, i) => new OutgoingEnvelope(EnvelopeOf(connection, uid, name, i, now)))],
            cancellationToken
        );
        while ((await queue.CountAsync(cancellationToken)).Pending.Count > 0)
            await Task.Delay(LookEvery, time, cancellationToken);

        var seconds = time.GetElapsedTime(start).TotalSeconds;
        var after = Counts(world);
        return new RoadRun(seconds, after.Transactions - transactions, after.Requests - requests, after.Zuper - zuper);
    }

    private static (long Transactions, long Requests, long Zuper) Counts(RoadWorld world) =>
        (world.Intacct.Counters.Transactions, world.Intacct.Counters.Requests, world.Zuper.Counters.Requests);

    private static Envelope EnvelopeOf(
        Connection connection,
        string uid,
        string name,
        int number,
        DateTimeOffset now
    ) =>
        new()
        {
            Kind = EnvelopeKind.Record,
            Connection = connection.Id,
            Company = connection.Company,
            Flow = ZuperFlows.Organizations,
            SourceId = uid,
            EventId = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"),
            FirstSeen = now,
        };
}
