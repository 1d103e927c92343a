using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>The clock of the machine is a day ahead for a while, and then right again.</summary>
public class A_clock_that_was_set_back_holds_up_nothing : RoadTest
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task What_changed_after_a_sweep_of_tomorrow_is_found_by_the_next_one()
    {
        await ConnectAsync(webhooks: false);
        MakeOrganization("Harbor Dental Group");
        Clock.Advance(TimeSpan.FromMinutes(10));
        Clock.SetBy(Day);
        await SweepAsync();
        Assert.Single(Customers);
        Clock.SetBy(-Day);
        await RestartAsync();

        MakeOrganization("Quayside Hotels");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();

        Assert.Equal(2, Customers.Count);
        Assert.Contains(
            Log.Lines,
            l => l.Text.Contains("was set back: the time of the last sweep", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_poll_that_was_queued_tomorrow_is_worked_off_by_the_next_process()
    {
        await ConnectAsync(webhooks: false);
        MakeOrganization("Harbor Dental Group");
        Clock.Advance(TimeSpan.FromMinutes(10));
        Clock.SetBy(Day);
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfZuper, Clock.GetUtcNow(), Forever);
        Clock.SetBy(-Day);
        await RestartAsync();
        await RestAsync();
        Assert.Single(Customers);
    }

    [Fact]
    public async Task A_write_that_is_in_doubt_since_tomorrow_is_settled()
    {
        await ConnectAsync();
        Intacct.Faults.Add(
            new()
            {
                Fault = "http524",
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["function"] = "create" },
            }
        );
        Clock.SetBy(Day);
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync(within: TimeSpan.FromMinutes(2));
        Assert.Equal(RecordState.InDoubt, (await EntryAsync(uid)).State);
        Clock.SetBy(-Day);

        await RestAsync(within: SettleAfter * 3);

        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.Single(Customers);
    }

    [Fact]
    public async Task A_write_that_is_in_doubt_is_left_alone_for_its_time_though_the_clock_is_set_ahead()
    {
        await ConnectAsync();
        Intacct.Faults.Add(
            new()
            {
                Fault = "http524",
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["function"] = "create" },
            }
        );
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync(within: TimeSpan.FromMinutes(2));
        Clock.SetBy(Day);
        await RestAsync(within: SettleAfter - TimeSpan.FromMinutes(3));
        Assert.Equal(RecordState.InDoubt, (await EntryAsync(uid)).State);
        Clock.SetBy(-Day);
        await RestAsync(within: SettleAfter * 2);

        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.Single(Customers);
    }

    [Fact]
    public async Task A_purge_leaves_nothing_in_the_months_that_a_clock_has_noted_ahead()
    {
        await ConnectAsync(webhooks: false);
        Clock.SetBy(400 * Day);
        var ahead = Clock.GetUtcNow();
        var (runs, timeline) = (Process.Get<RunStore>(), Process.Get<ConnectionTimeline>());
        var run = await runs.StartAsync(Id, "poll", ZuperFlows.Organizations, Forever);
        await timeline.AddAsync(Id, "stopped", "Some reason.", null, Forever);
        Clock.SetBy(-400 * Day);
        Assert.Equal(PurgeOutcome.Done, await Process.Get<ConnectionPurge>().PurgeAsync(Id, Forever));

        Assert.Null(await runs.GetAsync(Id, run.RunId, Forever));
        Assert.Empty(await timeline.ReadAsync(Id, ahead, Forever));
    }

    [Fact]
    public async Task A_connection_that_was_made_and_stopped_tomorrow_goes_on_with_its_next_probe()
    {
        Clock.SetBy(Day);
        await ConnectAsync(webhooks: false);
        var key = new SecretName(Id, ZuperSecrets.ApiKey);
        await Secrets.SetAsync(key, "canary-wrong-key", Forever);
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfZuper, Clock.GetUtcNow(), Forever);
        await RestAsync(within: TimeSpan.FromMinutes(1));
        Assert.NotNull((await ConnectionAsync()).Stop);
        Clock.SetBy(-Day);
        await Secrets.SetAsync(key, "sandbox-zuper-key", Forever);

        await RestAsync(within: TimeSpan.FromMinutes(5));
        MakeOrganization("Harbor Dental Group");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();

        Assert.Single(Customers);
        Assert.InRange((await ConnectionAsync()).CreatedAt, DateTimeOffset.MinValue, Clock.GetUtcNow());
    }
}
