using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Benchmarks.Road;

/// <summary>The road from end to end: many organizations queued at once, once new and once unchanged.</summary>
internal static class RoadLoad
{
    private const int Organizations = 1000;
    private const int PeerCreates = 100;

    /// <summary>For everything; at Intacct's 1.05 transactions a record.</summary>
    private const double MostSeconds = 10;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    public static async Task<bool> RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await using var world = await RoadWorld.StartAsync(Latency, time, cancellationToken);
        var connection = await world.ConnectAsync(cancellationToken);
        List<string> uids = [.. Enumerable.Range(0, Organizations).Select(i => Make(world, i))];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Organizations} organizations; Intacct takes {Latency.TotalMilliseconds} ms per request, "
                    + $"Zuper answers at once, its limiter off; {Environment.ProcessorCount} cores"
            )
        );

        var first = await RoadRun.MeasureAsync(world, connection, uids, "first", time, cancellationToken);
        var synced = (
            await world.Get<RecordQuery>().CountAsync(connection.Id, ZuperFlows.Organizations, cancellationToken)
        ).Of(RecordState.Synced);
        var again = await RoadRun.MeasureAsync(world, connection, uids, "again", time, cancellationToken);
        var inFlight = world.Intacct.MaxConcurrencySeen;
        var customers = world.Intacct.Company.Records("CUSTOMER").Count;
        var ids = uids.Count(uid => world.Zuper.Screens.CustomField(uid, "Sage Customer ID") is not null);
        var peer =
            await OneByOne.MeasureAsync(world, connection, PeerCreates, time, cancellationToken)
            / PeerCreates
            * Organizations;

        var figures = new Figures();
        Figures.Heading("Queued at once, all of them new");
        figures.Under("until everything is done", first.Seconds, MostSeconds);
        figures.Exactly("customers in Intacct", customers, Organizations);
        figures.Exactly("records synced, by the key map", synced, Organizations);
        figures.Exactly("ids written back to Zuper", ids, Organizations);
        figures.AtMost("Intacct transactions", first.Transactions, Organizations * 105 / 100, "1.05 each");
        figures.Exactly("most Intacct requests in flight", inFlight, 1);
        Figures.Fact("Intacct requests", first.IntacctRequests, "the sign-in included");
        figures.AtMost(
            "Zuper requests",
            first.ZuperRequests,
            Organizations * 110 / 100,
            "1.1 each, write-back included"
        );

        Figures.Heading("The same again, nothing changed");
        Figures.Fact("until everything is done", Figures.Seconds(again.Seconds));
        figures.Exactly("Intacct transactions", again.Transactions, 0);
        Figures.Fact("Intacct requests", again.IntacctRequests);
        Figures.Fact("Zuper requests", again.ZuperRequests);

        Figures.Heading(
            $"Peer: one create per request, one after the other, same client ({PeerCreates} measured, scaled "
                + $"to {Organizations}; no reading, no write-back, no memory)"
        );
        Figures.Fact(
            "until everything is created",
            Figures.Seconds(peer),
            string.Create(CultureInfo.InvariantCulture, $"{peer / first.Seconds:0.0} times as long")
        );
        Figures.Fact("Intacct transactions", Organizations, "and as many again in the second run, or duplicates");
        Figures.Fact(
            "Intacct requests",
            Organizations,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(double)Organizations / first.IntacctRequests:0.0} times as many"
            )
        );
        return figures.AllHold;
    }

    private static string Make(RoadWorld world, int number) =>
        world.Zuper.Screens.Create(
            ZuperModules.Organization,
            new JsonObject
            {
                ["organization_name"] = string.Create(CultureInfo.InvariantCulture, $"Company {number}"),
                ["organization_email"] = string.Create(CultureInfo.InvariantCulture, $"ap@company{number}.example"),
            }
        );
}
