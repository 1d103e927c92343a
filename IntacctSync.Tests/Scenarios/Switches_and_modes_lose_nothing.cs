using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Switches_and_modes_lose_nothing : RoadTest
{
    [Fact]
    public async Task In_shadow_mode_nothing_is_written_and_each_record_says_what_would_be()
    {
        await ConnectAsync(s => s with { Mode = SyncMode.Shadow });
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();

        Assert.Empty(Customers);
        Assert.Null(SageId(uid));
        Assert.Contains("would create", (await EntryAsync(uid)).Timeline[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_seen_in_shadow_mode_is_carried_over_when_it_ends()
    {
        await ConnectAsync(s => s with { Mode = SyncMode.Shadow });
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        var connections = Process.Get<ConnectionStore>();
        var connection = (await connections.GetAsync(Id, Forever))!;
        (connection, _) = await connections.PutAsync(Id, connection.Settings with { Mode = SyncMode.Live }, Forever);
        await Process
            .Get<Backfill>()
            .StartAsync(connection, ZuperFlows.Organizations, connection.CreatedAt, requested: false, Forever);
        await RestAsync();

        Assert.Equal(Assert.Single(Customers)["CUSTOMERID"], SageId(uid));
    }

    [Fact]
    public async Task What_changed_while_the_flow_was_off_is_carried_over_when_it_is_on_again()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        var connections = Process.Get<ConnectionStore>();
        var settings = (await connections.GetAsync(Id, Forever))!.Zuper();
        await Zuper.WebhooksRestingAsync(Forever);
        await connections.PutAsync(Id, settings with { SyncOrganizations = false }, Forever);
        await RestAsync(TimeSpan.FromMinutes(40));
        Assert.Empty(Customers);

        await connections.PutAsync(Id, settings, Forever);
        await RestAsync();
        Assert.Equal(Assert.Single(Customers)["CUSTOMERID"], SageId(uid));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_shadow_mode_ends_what_changed_in_it_is_carried_over_however_it_ended(bool flowOff)
    {
        await ConnectAsync(s => s with { Mode = SyncMode.Shadow });
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        await SweepAsync();
        for (var day = 0; day < 2; day++)
        {
            Clock.Advance(TimeSpan.FromDays(1));
            await SweepAsync();
        }

        // The process ends after the settings were stored, and nobody puts them again.
        var connections = Process.Get<ConnectionStore>();
        var live = (await connections.GetAsync(Id, Forever))!.Zuper() with { Mode = SyncMode.Live };
        await connections.PutAsync(Id, live with { SyncOrganizations = !flowOff }, Forever);
        await RestartAsync();
        await SweepAsync();
        if (flowOff)
        {
            Assert.Empty(Customers);
            await Process.Get<ConnectionStore>().PutAsync(Id, live, Forever);
            await SweepAsync();
        }

        Assert.Equal(Assert.Single(Customers)["CUSTOMERID"], SageId(uid));
        var before = Asked;
        Clock.Advance(TimeSpan.FromDays(1));
        await SweepAsync();
        Assert.Equal(1, await BackfillsAsync());
        Assert.True(Asked > before);
    }

    [Fact]
    public async Task What_had_changed_before_shadow_mode_and_was_seen_only_in_it_is_carried_over_when_it_ends()
    {
        await ConnectAsync(webhooks: false);
        await SweepAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        var uid = MakeOrganization("Harbor Dental Group");
        Clock.Advance(TimeSpan.FromMinutes(1));
        var connections = Process.Get<ConnectionStore>();
        var live = (await connections.GetAsync(Id, Forever))!.Zuper();
        await connections.PutAsync(Id, live with { Mode = SyncMode.Shadow }, Forever);
        for (var day = 0; day < 2; day++)
        {
            await SweepAsync();
            Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Empty(Customers);
        await connections.PutAsync(Id, live, Forever);
        await SweepAsync();
        Assert.Equal(Assert.Single(Customers)["CUSTOMERID"], SageId(uid));
    }

    private async Task<int> BackfillsAsync() =>
        (await Process.Get<Core.Runs.RunStore>().ListAsync(Id, Forever)).Count(r =>
            r.Kind == "backfill" && r.Flow == ZuperFlows.Organizations
        );
}
