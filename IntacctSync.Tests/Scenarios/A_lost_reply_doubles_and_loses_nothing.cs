using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_lost_reply_doubles_and_loses_nothing : RoadTest
{
    public static TheoryData<string, CustomerIds> LostReplies
    {
        get
        {
            var data = new TheoryData<string, CustomerIds>();
            foreach (
                var fault in new[]
                {
                    "http524",
                    "http502After",
                    "resetAfter",
                    "truncated",
                    "resultWithoutStatus",
                    "http502",
                    "http503",
                    "cloudflare",
                    "resetBefore",
                }
            )
            {
                data.Add(fault, CustomerIds.Zuper);
                data.Add(fault, CustomerIds.Intacct);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LostReplies))]
    public async Task A_create_whose_reply_was_lost_is_found_again(string fault, CustomerIds ids)
    {
        Intacct.Options.AutoNumberCustomers = true;
        await ConnectAsync(s => s with { CustomerIds = ids });
        Intacct.Faults.Add(new() { Fault = fault, Match = Create });
        var uid = MakeOrganization("Harbor Dental Group");
        var other = MakeOrganization("Quayside Hotels");
        await RestAsync();

        Assert.Equal(2, Customers.Count);
        foreach (var id in new[] { uid, other })
        {
            Assert.Equal(RecordState.Synced, (await EntryAsync(id)).State);
            Assert.Equal((await EntryAsync(id)).TargetId, SageId(id));
        }
    }

    [Theory]
    [InlineData("http524", ReplayAnswer.WithoutStatus, 2)]
    [InlineData("http524", ReplayAnswer.Error, 2)]
    [InlineData("resetAfter", ReplayAnswer.WithoutStatus, 2)]
    [InlineData("truncated", ReplayAnswer.Error, 2)]
    [InlineData("resetBefore", ReplayAnswer.WithoutStatus, 1)]
    public async Task An_update_whose_reply_was_lost_lands_and_where_its_replay_is_refused_the_same_is_written_again(
        string fault,
        ReplayAnswer replay,
        int updates
    )
    {
        Intacct.Options.ReplayAnswer = replay;
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Intacct.Faults.Add(new() { Fault = fault, Match = Update });
        Zuper.Screens.Edit(uid, o => o["organization_name"] = "Harbor Dental & Sons");
        await RestAsync();

        Assert.Equal("Harbor Dental & Sons", Assert.Single(Customers)["NAME"]);
        Assert.Equal(updates, Intacct.Counters.Updates);
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task A_store_restored_from_a_copy_repeats_control_ids_and_still_loses_no_change()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        var before = await EntryAsync(uid);
        Zuper.Screens.Edit(uid, o => o["organization_name"] = "Harbor Dental & Sons");
        await RestAsync();

        // What the copy knows: the row as it was before the last change, so that its next control id is one that
        // Intacct remembers.
        var now = await EntryAsync(uid);
        await Process.Get<KeyMapStore>().SaveAsync([before with { Stored = now.Stored }], Forever);
        Zuper.Screens.Edit(uid, o => o["organization_name"] = "Harbor Dental & Daughters");
        await RestAsync();

        Assert.Equal("Harbor Dental & Daughters", Assert.Single(Customers)["NAME"]);
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task A_connection_that_is_purged_and_made_anew_repeats_no_control_id()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Zuper.Screens.Edit(uid, o => o["organization_name"] = "Harbor Dental & Sons");
        await RestAsync();
        await Process.Get<ConnectionPurge>().PurgeAsync(Id, Forever);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await ConnectAsync();
        Zuper.Screens.Edit(uid, o => o["organization_description"] = "Its customer is taken over with this");
        await RestAsync();
        foreach (var name in new[] { "One", "Two", "Three" })
        {
            Zuper.Screens.Edit(uid, o => o["organization_name"] = name);
            await RestAsync(TimeSpan.FromMinutes(2));
            Assert.Equal(name, Assert.Single(Customers)["NAME"]);
        }

        Assert.Equal(0, Intacct.Counters.Replays);
    }

    [Fact]
    public async Task Until_the_outcome_can_be_looked_up_the_record_is_in_doubt_and_nobody_touches_it()
    {
        await ConnectAsync();
        Intacct.Faults.Add(new() { Fault = "http524", Match = Create });
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromMinutes(5));
        Zuper.Screens.Edit(uid, o => o["organization_name"] = "Harbor Dental & Sons");
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(RecordState.InDoubt, (await EntryAsync(uid)).State);
        Assert.Equal(1, Intacct.Counters.Creates);
        Assert.Equal(0, Intacct.Counters.Queries);

        await RestAsync();
        Assert.Equal("Harbor Dental & Sons", Assert.Single(Customers)["NAME"]);
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task Other_records_go_on_while_one_is_in_doubt()
    {
        await ConnectAsync();
        Intacct.Faults.Add(new() { Fault = "http524", Match = Create });
        MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromMinutes(1));
        var other = MakeOrganization("Quayside Hotels");
        await RestAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(RecordState.Synced, (await EntryAsync(other)).State);
    }

    [Fact]
    public async Task A_write_that_vanished_needs_a_person_and_names_its_control_id()
    {
        await ConnectAsync();
        Intacct.Faults.Add(new() { Fault = "http524", Match = Create });
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromMinutes(5));
        var controlId = (await EntryAsync(uid)).Intent!.ControlId.Value;
        Intacct.Company.Remove("CUSTOMER", Assert.Single(Customers)["CUSTOMERID"]);

        // Intacct may show it late.
        await RestAsync(TimeSpan.FromHours(2));
        Assert.Equal(RecordState.InDoubt, (await EntryAsync(uid)).State);
        await RestAsync();

        var problem = (await EntryAsync(uid)).Problem;
        Assert.Equal("write-vanished", problem?.Code);
        Assert.Contains(controlId, problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lostAnswer")]
    [InlineData("http503After")]
    [InlineData("resetAfter")]
    [InlineData("truncatedAnswer")]
    [InlineData("http500")]
    [InlineData("http503")]
    [InlineData("http529")]
    [InlineData("http429")]
    [InlineData("resetBefore")]
    public async Task A_write_back_that_fails_is_repeated_by_itself_and_never_touches_Intacct(string fault)
    {
        await ConnectAsync();
        Zuper.Faults.Add(
            new()
            {
                Fault = fault,
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["path"] = "/api/custom_fields" },
                Times = 2,
            }
        );
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();

        Assert.Equal(Assert.Single(Customers)["CUSTOMERID"], SageId(uid));
        Assert.Equal(1, Intacct.Counters.Transactions);
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Theory]
    [InlineData("http429")]
    [InlineData("sessionExpired")]
    [InlineData("sessionEnds")]
    [InlineData("dl02000001")]
    public async Task A_refusal_that_executed_nothing_is_simply_tried_again(string fault)
    {
        await ConnectAsync();
        MakeOrganization("Warm Up Co");
        await RestAsync();
        Intacct.Faults.Add(new() { Fault = fault });
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(2, Customers.Count);
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    private static Dictionary<string, string> Create => new(StringComparer.Ordinal) { ["function"] = "create" };

    private static Dictionary<string, string> Update => new(StringComparer.Ordinal) { ["function"] = "update" };
}
