using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Customers_by_switch_sweep_and_backfill : CustomerRoadTest
{
    [Fact]
    public async Task One_whose_organization_is_ignored_or_not_synced_needs_a_person()
    {
        await ConnectCustomersAsync(s => s with { SyncOrganizations = false });
        var uid = MakeCustomer("Ines", "Roy", MakeOrganization("Harbor Dental Group"));
        await RestAsync();
        Assert.Equal("parent-not-synced", (await ContactEntryAsync(uid)).Problem?.Code);

        await ConnectAsync();
        var ignored = MakeOrganization("Quayside Hotels", o => o["organization_email"] = "ap@");
        await RestAsync();
        await Process
            .Get<PersonRequests>()
            .IgnoreAsync(await ConnectionAsync(), ZuperFlows.Organizations, ignored, null, Forever);
        var other = MakeCustomer("Paul", "Roy", ignored);
        await RestAsync();
        Assert.Equal("parent-ignored", (await ContactEntryAsync(other)).Problem?.Code);
        Assert.Empty(Contacts);
    }

    [Fact]
    public async Task Customers_that_are_not_synced_leave_no_trace()
    {
        await ConnectCustomersAsync(s => s with { SyncCustomers = false });
        MakeCustomer("Ines", "Roy", MakeOrganization("Harbor Dental Group"));
        MakeCustomer("Paul", "Roy");
        await RestAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();

        Assert.Single(Customers);
        Assert.Single(Contacts);
    }

    [Fact]
    public async Task In_shadow_mode_nothing_is_written_and_the_story_says_what_would_be()
    {
        await ConnectCustomersAsync(s => s with { Mode = SyncMode.Shadow });
        var uid = MakeCustomer("Ines", "Roy", MakeOrganization("Harbor Dental Group"));
        var alone = MakeCustomer("Paul", "Roy");
        await RestAsync();

        Assert.Empty(Contacts);
        foreach (
            var story in new[]
            {
                await ContactEntryAsync(uid),
                await ContactEntryAsync(alone),
                await OwnEntryAsync(alone),
            }
        )
            Assert.Contains("Shadow mode:", story.Timeline[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_finds_what_lost_webhooks_would_have_told()
    {
        await ConnectCustomersAsync(webhooks: false);
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy", organization);
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        await AssertAttachedAsync(uid, organization);

        Zuper.Screens.Edit(uid, c => c["customer_last_name"] = "Miller");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        Assert.Equal("Ines Miller", Contact(uid)["PRINTAS"]);

        Zuper.Screens.Deactivate(uid);
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        Assert.Equal("inactive", Contact(uid)["STATUS"]);
    }

    [Fact]
    public async Task A_backfill_carries_over_what_was_there_before()
    {
        Zuper.WebhooksEnabled = false;
        var organization = MakeOrganization("Harbor Dental Group");
        var uids = Enumerable
            .Range(0, 7)
            .Select(i => MakeCustomer("Ines", $"Roy {i}", i < 5 ? organization : null))
            .ToList();
        Clock.Advance(TimeSpan.FromDays(1));
        await ConnectCustomersAsync();
        var connection = await ConnectionAsync();
        await Process.Get<Backfill>().StartAsync(connection, ZuperFlows.Customers, null, requested: true, Forever);
        await RestAsync();

        foreach (var uid in uids.Take(5))
            await AssertAttachedAsync(uid, organization);
        foreach (var uid in uids.Skip(5))
            await AssertCarriedAsync(uid);
    }

    [Fact]
    public async Task One_that_is_ignored_is_left_alone_until_a_person_retries_it()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy", organization);
        await RestAsync();
        var connection = await ConnectionAsync();
        await Process.Get<PersonRequests>().IgnoreAsync(connection, ZuperFlows.Customers, uid, "For now", Forever);
        Zuper.Screens.Edit(uid, c => c["customer_last_name"] = "Miller");
        await RestAsync();
        Assert.Equal("Ines Roy", Contact(uid)["PRINTAS"]);

        await Process.Get<PersonRequests>().RetryAsync(connection, ZuperFlows.Customers, uid, Forever);
        await RestAsync();
        Assert.Equal("Ines Miller", Contact(uid)["PRINTAS"]);
        await AssertAttachedAsync(uid, organization);
    }
}
