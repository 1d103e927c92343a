using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Absence_is_no_deletion : CustomerRoadTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task One_look_that_does_not_find_a_linked_organization_changes_nothing()
    {
        await ConnectAsync();
        MakeOrganization("Quayside Hotels");
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Hide(uid, times: 1);
        Touch(uid);
        await RestAsync();

        Assert.All(Customers, c => Assert.Equal("active", c["STATUS"]));
        var entry = await EntryAsync(uid);
        Assert.Equal((RecordState.Synced, null), (entry.State, entry.MissingSince));
        Assert.DoesNotContain(entry.Timeline, t => t.What is "needsAction");
    }

    [Fact]
    public async Task An_organization_that_stays_missing_while_others_are_shown_is_set_inactive()
    {
        await ConnectAsync();
        MakeOrganization("Quayside Hotels");
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Hide(uid, times: 0);
        Touch(uid);
        await RestAsync(Soon);
        Assert.All(Customers, c => Assert.Equal("active", c["STATUS"]));

        await RestAsync();
        Assert.Equal("inactive", Intacct.Company.Record("CUSTOMER", SageId(uid)!)!["STATUS"]);
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task Where_nothing_that_is_known_is_shown_a_person_is_asked_and_nothing_is_changed()
    {
        await ConnectAsync();
        var uids = new[] { MakeOrganization("Quayside Hotels"), MakeOrganization("Harbor Dental Group") };
        await RestAsync();
        foreach (var uid in uids)
            Hide(uid, times: 0);
        Zuper.Faults.Add(
            new()
            {
                Fault = ZuperFaults.Http404,
                Times = 0,
                Match = Fields(("path", "/api/organization/filter")),
            }
        );
        foreach (var uid in uids)
            Touch(uid);
        await RestAsync();

        Assert.All(Customers, c => Assert.Equal("active", c["STATUS"]));
        Assert.Equal("zuper-records-missing", (await EntryAsync(uids[0])).Problem?.Code);
    }

    [Fact]
    public async Task One_look_that_does_not_find_a_customer_leaves_its_contact_and_its_own_customer_active()
    {
        await ConnectCustomersAsync();
        MakeCustomer("Ben", "Ode");
        var uid = MakeCustomer("Ines", "Roy");
        await RestAsync();
        Hide(uid, times: 2);
        Touch(uid);
        await RestAsync();

        Assert.All(Contacts, c => Assert.Equal("active", c["STATUS"]));
        Assert.All(Customers, c => Assert.Equal("active", c["STATUS"]));
        await AssertCarriedAsync(uid);
    }

    [Fact]
    public async Task A_new_record_that_can_not_be_seen_yet_is_waited_for()
    {
        await ConnectAsync();
        Zuper.Faults.Add(
            new()
            {
                Fault = ZuperFaults.Http404,
                Times = 6,
                Match = Fields(("route", "/api/organization/{uid}")),
            }
        );
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync(Soon);
        Assert.Equal(RecordState.Pending, (await EntryAsync(uid)).State);

        await RestAsync();
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.Single(Customers);
    }

    [Fact]
    public async Task A_new_record_that_is_not_seen_for_an_hour_while_others_are_is_left_out_and_comes_when_it_is_seen()
    {
        await ConnectAsync();
        MakeOrganization("Quayside Hotels");
        await RestAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        Hide(uid, times: 0);
        await RestAsync(TimeSpan.FromMinutes(50));
        Assert.Equal(RecordState.Pending, (await EntryAsync(uid)).State);
        await RestAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(RecordState.Skipped, (await EntryAsync(uid)).State);
        Assert.Single(Customers);

        Zuper.Faults.Clear();
        await SweepAsync();
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.Equal(2, Customers.Count);
    }

    [Fact]
    public async Task A_new_record_that_is_not_seen_where_nothing_is_seen_is_asked_about()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        Hide(uid, times: 0);
        await RestAsync();
        var entry = await EntryAsync(uid);
        Assert.Equal((RecordState.NeedsAction, "zuper-records-missing"), (entry.State, entry.Problem?.Code));

        Zuper.Faults.Clear();
        Touch(uid);
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task A_record_that_needed_a_person_and_is_not_seen_still_needs_one()
    {
        await ConnectAsync();
        MakeOrganization("Quayside Hotels");
        var uid = MakeOrganization("Harbor Dental Group", o => o["organization_email"] = "ap@");
        await RestAsync();
        Hide(uid, times: 0);
        Touch(uid);
        await RestAsync();
        Assert.Equal("zuper-records-missing", (await EntryAsync(uid)).Problem?.Code);

        Zuper.Faults.Clear();
        Zuper.Screens.Edit(uid, o => o["organization_email"] = "ap@harbor.example");
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task A_clock_that_is_a_day_ahead_for_a_moment_makes_no_deletion_of_two_looks()
    {
        await ConnectAsync();
        MakeOrganization("Quayside Hotels");
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Hide(uid, times: 2);
        Touch(uid);
        await RestAsync(Soon);
        Clock.Advance(TimeSpan.FromDays(1));
        await RestAsync(Soon);
        Assert.All(Customers, c => Assert.Equal("active", c["STATUS"]));

        await RestAsync();
        Assert.All(Customers, c => Assert.Equal("active", c["STATUS"]));
        Assert.Equal((RecordState.Synced, null), ((await EntryAsync(uid)).State, (await EntryAsync(uid)).MissingSince));
    }

    [Fact]
    public async Task A_clock_that_is_set_ahead_by_ten_minutes_makes_no_deletion_of_two_looks()
    {
        await ConnectAsync();
        MakeOrganization("Quayside Hotels");
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Hide(uid, times: 0);
        Touch(uid);
        await RestAsync(Soon);
        Clock.SetBy(TimeSpan.FromMinutes(10));
        await RestAsync(Soon);
        Assert.All(Customers, c => Assert.Equal("active", c["STATUS"]));

        Clock.SetBy(-TimeSpan.FromMinutes(10));
        Zuper.Faults.Clear();
        await RestAsync();
        Assert.All(Customers, c => Assert.Equal("active", c["STATUS"]));
        Assert.Equal((RecordState.Synced, null), ((await EntryAsync(uid)).State, (await EntryAsync(uid)).MissingSince));
    }

    [Fact]
    public async Task A_customer_that_Intacct_hides_for_one_look_stays_the_one_of_its_organization()
    {
        await ConnectAsync();
        MakeOrganization("Quayside Hotels");
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Zuper.Screens.Edit(uid, o => o["is_active"] = false);
        await RestAsync();
        var id = SageId(uid)!;
        var (looks, connection) = (0, await ConnectionAsync());
        Wire.Change = (sent, answer) =>
            HiddenRecords.IsReadOf(sent, "CUSTOMER") && Interlocked.Increment(ref looks) == 1
                ? HiddenRecords.Hide(answer, "CUSTOMER", id)
                : answer;
        await Process.Get<PersonRequests>().RetryAsync(connection, ZuperFlows.Organizations, uid, Forever);
        await RestAsync();
        var entry = await EntryAsync(uid);
        Assert.Equal((RecordState.Synced, null), (entry.State, entry.TargetMissingSince));
        Assert.True(looks > 1);
    }

    [Fact]
    public async Task A_key_of_another_account_stops_the_connection_before_anything_is_written()
    {
        await ConnectCustomersAsync();
        var uids = Enumerable.Range(0, 3).Select(i => MakeOrganization($"Company {i}")).ToList();
        MakeCustomer("Ines", "Roy", uids[0]);
        await RestAsync();
        var written = Intacct.Counters.Transactions;
        await PutKeyAsync(new ZuperSimulatorOptions().OtherApiKey);
        foreach (var uid in uids)
            Touch(uid);
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();

        var stop = (await ConnectionAsync()).Stop;
        Assert.Equal(("zuper-other-account", "zuper"), (stop?.Problem.Code, stop?.System));
        Assert.NotEmpty(stop!.Problem.Fix);
        Assert.Equal(written, Intacct.Counters.Transactions);
        Assert.All(Customers, c => Assert.Equal("active", c["STATUS"]));

        await PutKeyAsync("sandbox-zuper-key");
        await RestAsync();
        Assert.Null((await ConnectionAsync()).Stop);
        foreach (var uid in uids)
            Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task A_session_of_another_company_of_Intacct_stops_the_connection_before_anything_is_written()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        var written = Intacct.Counters.Transactions;
        Intacct.Faults.Add(new() { Fault = IntacctFaults.OtherCompany, Times = 0 });
        await RestartAsync();
        Zuper.Screens.Edit(uid, r => r["organization_name"] = "Harbor Dental");
        await RestAsync(TimeSpan.FromMinutes(10));

        var stop = (await ConnectionAsync()).Stop;
        Assert.Equal(("intacct-other-account", "intacct"), (stop?.Problem.Code, stop?.System));
        Assert.Equal(written, Intacct.Counters.Transactions);

        Intacct.Faults.Clear();
        await RestAsync();
        Assert.Null((await ConnectionAsync()).Stop);
        Assert.Equal("Harbor Dental", Assert.Single(Customers)["NAME"]);
    }

    [Theory]
    [InlineData(ZuperFaults.Http404)]
    [InlineData(ZuperFaults.Http403)]
    public async Task A_key_of_another_account_stops_the_connection_even_where_Zuper_does_not_tell_whose_it_is(
        string fault
    )
    {
        await ConnectAsync();
        var uids = Enumerable.Range(0, 3).Select(i => MakeOrganization($"Company {i}")).ToList();
        await RestAsync();
        HideAccount(fault);
        await PutKeyAsync(new ZuperSimulatorOptions().OtherApiKey);
        foreach (var uid in uids)
            Touch(uid);
        await RestAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("zuper-other-account", (await ConnectionAsync()).Stop?.Problem.Code);
        Assert.All(Customers, c => Assert.Equal("active", c["STATUS"]));

        await PutKeyAsync("sandbox-zuper-key");
        await RestAsync();
        Assert.Null((await ConnectionAsync()).Stop);
        foreach (var uid in uids)
            Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task A_key_of_another_account_is_noticed_though_the_first_key_did_not_tell_its_account()
    {
        HideAccount(ZuperFaults.Http403);
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Assert.Null((await ConnectionAsync()).AccountIdentity);
        Zuper.Faults.Clear();
        await PutKeyAsync(new ZuperSimulatorOptions().OtherApiKey);
        Touch(uid);
        await RestAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("zuper-other-account", (await ConnectionAsync()).Stop?.Problem.Code);
        Assert.Null((await ConnectionAsync()).AccountIdentity);
        Assert.All(Customers, c => Assert.Equal("active", c["STATUS"]));

        await PutKeyAsync("sandbox-zuper-key");
        await RestAsync();
        Assert.Null((await ConnectionAsync()).Stop);
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task New_organizations_of_another_account_that_does_not_say_which_it_is_become_no_customers()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Hide(uid, times: 0);
        HideAccount(ZuperFaults.Http403);
        await ProveAnotherKeyAsync();
        MakeOrganization("A customer of somebody else");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfZuper, Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("zuper-other-account", (await ConnectionAsync()).Stop?.Problem.Code);
        Assert.Single(Customers);
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task A_new_key_of_the_same_account_goes_on_where_Zuper_does_not_tell_whose_it_is()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        HideAccount(ZuperFaults.Http403);
        await ProveAnotherKeyAsync();
        Zuper.Screens.Edit(uid, r => r["organization_name"] = "Harbor Dental");
        await RestAsync();
        Assert.Null((await ConnectionAsync()).Stop);
        Assert.Equal("Harbor Dental", Assert.Single(Customers)["NAME"]);
    }

    [Fact]
    public async Task The_same_key_is_not_asked_again_after_a_restart_whatever_is_shown()
    {
        await ConnectAsync();
        MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Zuper.Reset();
        Zuper.RequestsPerMinute = 0;
        HideAccount(ZuperFaults.Http403);
        await RestartAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfZuper, Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(10));
        Assert.Null((await ConnectionAsync()).Stop);
    }

    [Fact]
    public async Task A_record_that_is_ignored_does_not_keep_a_new_key_out()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        HideAccount(ZuperFaults.Http403);
        Hide(uid, times: 0);
        await ProveAnotherKeyAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfZuper, Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("zuper-other-account", (await ConnectionAsync()).Stop?.Problem.Code);

        await Process
            .Get<PersonRequests>()
            .IgnoreAsync(await ConnectionAsync(), ZuperFlows.Organizations, uid, null, Forever);
        Clock.Advance(TimeSpan.FromHours(1));
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfZuper, Clock.GetUtcNow(), Forever);
        await RestAsync();
        Assert.Null((await ConnectionAsync()).Stop);
    }

    [Fact]
    public async Task A_connection_without_records_takes_a_key_of_another_account()
    {
        await ConnectAsync();
        await PutKeyAsync(new ZuperSimulatorOptions().OtherApiKey);
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        var other = (await ConnectionAsync()).AccountIdentity;
        Assert.NotNull(other);

        await PutKeyAsync("sandbox-zuper-key");
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.NotEqual(other, (await ConnectionAsync()).AccountIdentity);
    }

    [Theory]
    [InlineData(1, RecordState.Synced)]
    [InlineData(0, RecordState.NeedsAction)]
    public async Task An_error_under_the_status_of_a_success_needs_a_person_only_if_it_lasts(
        int times,
        RecordState expected
    )
    {
        await ConnectAsync();
        Zuper.Faults.Add(
            new()
            {
                Fault = ZuperFaults.ErrorBody,
                Times = times,
                Match = Fields(("route", "/api/organization/{uid}")),
            }
        );
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        var entry = await EntryAsync(uid);
        Assert.Equal(expected, entry.State);
        Assert.Equal(expected == RecordState.NeedsAction, entry.Timeline.Any(t => t.What == "needsAction"));
        Assert.Contains(entry.Timeline, t => t.What == "waiting");
    }

    /// <summary>Zuper answers 404 for one record, as long as it is asked for by itself.</summary>
    private void Hide(string uid, int times) =>
        Zuper.Faults.Add(
            new()
            {
                Fault = ZuperFaults.Http404,
                Times = times,
                Match = Fields(("method", "GET"), ("uid", uid)),
            }
        );

    /// <summary>A new process, for which the key is another one than was proven before.</summary>
    private async Task ProveAnotherKeyAsync()
    {
        await Process.Get<ConnectionStore>().ChangeAsync(Id, c => c with { ProvenKey = "another key" }, Forever);
        await RestartAsync();
    }

    private void HideAccount(string fault) =>
        Zuper.Faults.Add(
            new()
            {
                Fault = fault,
                Times = 0,
                Match = Fields(("path", "/api/user/company")),
            }
        );

    private void Touch(string uid)
    {
        var now = Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        Zuper.Screens.Edit(uid, r => r["touched"] = now);
    }

    private async Task PutKeyAsync(string key)
    {
        await Process
            .Get<ConnectionSecrets>()
            .ApplyAsync(
                Id,
                new Dictionary<string, SecretChange>(StringComparer.Ordinal)
                {
                    [ZuperSecrets.ApiKey] = SecretChange.To(key),
                },
                Forever
            );
        await Process.Get<ConnectionStore>().PutAsync(Id, (await ConnectionAsync()).Settings, Forever);
    }
}
