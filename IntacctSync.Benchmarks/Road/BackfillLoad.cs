using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Queue;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Benchmarks.Road;

/// <summary>A backfill of many organizations, and how long changes of now take that come while it runs.</summary>
internal static class BackfillLoad
{
    private const int Organizations = 5000;

    /// <summary>With full requests, and a few at the beginning while the size that fits is found out.</summary>
    private const int MostRequests = 65;

    /// <summary>The request that was under way when a change came, and the next where it was put together.</summary>
    private const int MostBefore = 2;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ChangeEvery = TimeSpan.FromSeconds(1);

    public static async Task<bool> RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await using var world = await RoadWorld.StartAsync(Latency, time, cancellationToken);
        var connection = await world.ConnectAsync(cancellationToken);
        var live = Make(world, "Harbor Dental Group");
        var books = world.Intacct.Company;
        await ChangeAsync(
            world,
            connection,
            live,
            "Harbor Dental",
            name => books.Records("CUSTOMER").Any(c => c["NAME"] == name),
            time,
            cancellationToken
        );
        // From here on this one is looked up: a list of all of them would take longer than what is measured.
        var number = books.Records("CUSTOMER").Single()["RECORDNO"];
        for (var i = 0; i < Organizations; i++)
            Make(world, string.Create(CultureInfo.InvariantCulture, $"Company {i}"));

        var (requests, start) = (world.Intacct.Counters.Requests, time.GetTimestamp());
        await world
            .Get<Backfill>()
            .StartAsync(connection, ZuperFlows.Organizations, null, requested: true, cancellationToken);
        var (delays, queue) = (new List<Passing>(), world.Get<SqliteEnvelopeQueue>());
        while ((await queue.CountAsync(cancellationToken)).Pending.Count > 0)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Renamed {delays.Count}");
            delays.Add(
                await ChangeAsync(
                    world,
                    connection,
                    live,
                    name,
                    name => books.Record("CUSTOMER", number)?["NAME"] == name,
                    time,
                    cancellationToken
                )
            );
            await Task.Delay(ChangeEvery, time, cancellationToken);
        }

        var seconds = time.GetElapsedTime(start).TotalSeconds;
        var carried = world.Intacct.Counters.Requests - requests;
        var floor = (carried - delays.Count) * Latency.TotalSeconds;
        var figures = new Figures();
        Figures.Heading("A backfill of 5,000 organizations, Intacct taking 50 ms per request; a change each second");
        Figures.Fact(
            "until everything is done",
            Figures.Seconds(seconds),
            string.Create(CultureInfo.InvariantCulture, $"{seconds / floor:0.0} times what Intacct alone takes")
        );
        figures.Exactly("customers in Intacct", books.Records("CUSTOMER").Count, Organizations + 1);
        figures.AtMost("Intacct requests of the backfill", carried - delays.Count, MostRequests, "99 records each");
        Figures.Fact("changes meanwhile", delays.Count);
        Figures.Fact(
            "the slowest of them took",
            Figures.Seconds(delays.Max(d => d.Took.TotalSeconds)),
            Times(delays.Max(d => d.Took))
        );
        Figures.Fact("one of them took", Figures.Seconds(delays.Average(d => d.Took.TotalSeconds)), "on average");
        figures.AtMost(
            "requests of the backfill before one of them",
            delays.Max(d => d.Before),
            MostBefore,
            "the one under way, and the next"
        );
        return figures.AllHold;
    }

    private static string Times(TimeSpan took) =>
        string.Create(CultureInfo.InvariantCulture, $"{took / Latency:0.0} times what a request takes");

    private static async Task<Passing> ChangeAsync(
        RoadWorld world,
        Connection connection,
        string uid,
        string name,
        Func<string, bool> arrived,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        world.Zuper.Screens.Edit(uid, o => o["organization_name"] = name);
        var (start, requests) = (time.GetTimestamp(), world.Intacct.Counters.Requests);
        var key = new SyncKey(connection.Id, ZuperFlows.Organizations, uid);
        await world
            .Get<IEnvelopeQueue>()
            .SendAsync(
                [new OutgoingEnvelope(Envelope.ForRecord(key, connection.Company, "live " + name, time.GetUtcNow()))],
                cancellationToken
            );
        while (!arrived(name))
            await Task.Delay(LookEvery, time, cancellationToken);

        // Its own request is the last of them.
        return new Passing(time.GetElapsedTime(start), world.Intacct.Counters.Requests - requests - 1);
    }

    private static string Make(RoadWorld world, string name) =>
        world.Zuper.Screens.Create(ZuperModules.Organization, new JsonObject { ["organization_name"] = name });

    /// <summary>How a change passed.</summary>
    /// <param name="Took">From when it was put on the queue until Intacct had it.</param>
    /// <param name="Before">The requests to Intacct between the two, its own left out.</param>
    private sealed record Passing(TimeSpan Took, int Before);
}
