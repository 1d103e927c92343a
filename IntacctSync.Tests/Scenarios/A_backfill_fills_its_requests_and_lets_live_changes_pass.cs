using System.Text.RegularExpressions;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public partial class A_backfill_fills_its_requests_and_lets_live_changes_pass : RoadTest
{
    private const int Organizations = 1500;

    /// <summary>How many records each request to Intacct created; 0 for the one that carried the live change.</summary>
    private readonly List<int> _requests = [];

    [Fact]
    public async Task Fifteen_hundred_records_take_twenty_requests_and_a_live_change_passes_between_two_of_them()
    {
        await ConnectAsync();
        var live = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Assert.NotNull(SageId(live));
        Zuper.WebhooksEnabled = false;
        for (var i = 0; i < Organizations; i++)
            MakeOrganization($"Company {i}", o => o["organization_email"] = $"ap@company{i}.example");
        Clock.Advance(TimeSpan.FromMinutes(10));

        var (before, changedAt) = (Intacct.Counters.Requests, -1);
        Wire.InPlace = body =>
        {
            var creates = Create().Count(body);
            if (creates > 0)
                _requests.Add(creates);
            if (body.Contains("Renamed", StringComparison.Ordinal))
                _requests.Add(0);

            // While a full request is under way, a person renames what was synced long ago.
            if (creates > 90 && changedAt < 0)
            {
                changedAt = _requests.Count;
                Zuper.WebhooksEnabled = true;
                Zuper.Screens.Edit(live, o => o["organization_name"] = "Renamed");
                Zuper.WebhooksEnabled = false;
            }

            return null;
        };
        var connection = await ConnectionAsync();
        var run = await Process
            .Get<Backfill>()
            .StartAsync(connection, ZuperFlows.Organizations, null, requested: true, Forever);
        await RestAsync();

        Assert.Equal(Organizations + 1, Customers.Count);
        Assert.Equal(RecordState.Synced, (await EntryAsync(live)).State);
        Assert.Equal(RunState.Done, (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!.State);

        // As many as 99 records each need, and a few more at the beginning, when the size that fits is being found out.
        Assert.InRange(Intacct.Counters.Requests - before, Organizations / 99, (Organizations / 99) + 12);

        // Nothing but the request that was under way, and the next where its records were queued already, is before it.
        var carriedAt = _requests.IndexOf(0);
        Assert.InRange(carriedAt - changedAt, 0, 1);
        Assert.InRange(_requests.Count - carriedAt, 5, Organizations);
    }

    [GeneratedRegex("<CUSTOMER>.*?<NAME>Company ", RegexOptions.Singleline)]
    private static partial Regex Create();
}
