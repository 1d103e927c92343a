using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Changes_are_found_without_webhooks : RoadTest
{
    [Fact]
    public async Task The_sweep_finds_what_lost_webhooks_would_have_told()
    {
        await ConnectAsync(webhooks: false);
        var made = MakeOrganization("Harbor Dental Group");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        Assert.Single(Customers);

        Clock.Advance(TimeSpan.FromMinutes(10));
        Zuper.Screens.Edit(made, o => o["organization_name"] = "Harbor Dental & Sons");
        var deleted = MakeOrganization("Short-lived Co");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        Zuper.Screens.Delete(deleted);
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();

        Assert.Contains(Customers, c => c["NAME"] == "Harbor Dental & Sons");
        Assert.Contains(Customers, c => c is { } x && x["NAME"] == "Short-lived Co" && x["STATUS"] == "inactive");
    }

    [Fact]
    public async Task A_second_change_at_the_same_time_of_change_is_found_as_well()
    {
        await ConnectAsync(webhooks: false);
        var uid = MakeOrganization("Harbor Dental Group");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        Zuper.WebhooksEnabled = true;
        Zuper.Screens.Edit(uid, o => o["organization_name"] = "Harbor Dental & Sons");
        await RestAsync();
        Zuper.WebhooksEnabled = false;
        Zuper.Screens.Edit(uid, o => o["organization_name"] = "Harbor Dental & Daughters");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();

        Assert.Equal("Harbor Dental & Daughters", Assert.Single(Customers)["NAME"]);
    }

    [Fact]
    public async Task A_second_change_in_the_tick_of_the_first_and_of_its_sweep_is_found_as_well()
    {
        await ConnectAsync(webhooks: false);
        var uid = MakeOrganization("Harbor Dental Group");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        var tick = Clock.GetUtcNow();
        Zuper.Screens.Edit(uid, o => o["organization_name"] = "Harbor Dental & Sons");
        await SweepAsync();
        Assert.Equal("Harbor Dental & Sons", Assert.Single(Customers)["NAME"]);
        Assert.Equal(tick, Clock.GetUtcNow());
        Zuper.Screens.Edit(uid, o => o["organization_name"] = "Harbor Dental & Daughters");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();

        Assert.Equal("Harbor Dental & Daughters", Assert.Single(Customers)["NAME"]);
    }

    [Fact]
    public async Task A_sweep_of_what_is_known_calls_Intacct_not_at_all()
    {
        await ConnectAsync(webhooks: false);
        for (var i = 0; i < 30; i++)
            MakeOrganization($"Company {i}");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        var requests = Intacct.Counters.Requests;
        for (var i = 0; i < 5; i++)
        {
            Clock.Advance(TimeSpan.FromMinutes(15));
            await SweepAsync();
        }

        Assert.Equal(30, Customers.Count);
        Assert.Equal(requests, Intacct.Counters.Requests);
    }

    [Fact]
    public async Task A_bulk_edit_and_an_import_are_swept()
    {
        await ConnectAsync();
        var uids = Enumerable.Range(0, 5).Select(i => MakeOrganization($"Company {i}")).ToList();
        await RestAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        Zuper.Screens.BulkUpdate(uids, o => o["organization_email"] = "ap@all.example");
        await RestAsync();
        Zuper.Screens.Import(ZuperModules.Organization, [new() { ["organization_name"] = "Imported Co" }]);
        await RestAsync();

        Assert.Equal(5, Customers.Count(c => c.GetValueOrDefault("DISPLAYCONTACT.EMAIL1") == "ap@all.example"));
        Assert.Contains(Customers, c => c["NAME"] == "Imported Co");
    }

    [Fact]
    public async Task What_was_there_before_the_connection_is_synced_only_when_a_person_asks()
    {
        for (var i = 0; i < 60; i++)
            MakeOrganization($"Company {i}");
        Clock.Advance(TimeSpan.FromDays(3));
        await ConnectAsync();
        await SweepAsync();
        Assert.Empty(Customers);

        var connection = await Process.Get<ConnectionStore>().GetAsync(Id, Forever);
        var run = await Process
            .Get<Backfill>()
            .StartAsync(connection!, ZuperFlows.Organizations, null, requested: true, Forever);
        await RestAsync();

        Assert.Equal(60, Customers.Count);
        var ended = await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever);
        Assert.Equal((RunState.Done, 60, 60, 0), (ended!.State, ended.Found, ended.Done, ended.Failed));
    }

    [Fact]
    public async Task Rows_that_show_no_custom_fields_are_not_taken_for_records_without_an_id()
    {
        Intacct.Company.Add(
            "CUSTOMER",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["CUSTOMERID"] = "C-1001",
                ["NAME"] = "Harbor Dental Group",
                ["DISPLAYCONTACT.PRINTAS"] = "Harbor",
                ["DISPLAYCONTACT.CONTACTNAME"] = "Harbor main",
            }
        );
        Zuper.ListRowsCarryCustomFields = false;
        await ConnectAsync(webhooks: false);
        var uid = MakeOrganization("Harbor Dental Group");
        Zuper.Screens.EditField(uid, "Sage Customer ID", "C-1001");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();

        Assert.Equal("C-1001", Assert.Single(Customers)["CUSTOMERID"]);
        Assert.Equal("C-1001", (await EntryAsync(uid)).TargetId);
    }
}
