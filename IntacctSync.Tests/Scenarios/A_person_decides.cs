using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_person_decides : RoadTest
{
    [Fact]
    public async Task A_counterpart_can_be_linked_to_one_record_only()
    {
        await ConnectAsync();
        var one = MakeOrganization("One");
        var two = MakeOrganization("Two");
        await RestAsync();
        var connection = await ConnectionAsync();
        var outcome = await Process
            .Get<PersonRequests>()
            .LinkAsync(connection, ZuperFlows.Organizations, two, SageId(one)!, Forever);

        Assert.Equal((false, one), (outcome.Taken, outcome.Owner));
    }

    [Fact]
    public async Task One_record_that_has_the_whole_request_refused_concerns_only_itself()
    {
        await ConnectAsync();
        Wire.InPlace = body =>
            body.Contains("Poison Co", StringComparison.Ordinal)
                ? "<response><control><status>failure</status></control><errormessage><error>"
                    + "<errorno>XL03000003</errorno><description2>XML Parse schema error.</description2></error>"
                    + "</errormessage></response>"
                : null;
        var good = Enumerable.Range(0, 4).Select(i => MakeOrganization($"Company {i}")).ToList();
        var poison = MakeOrganization("Poison Co");
        await RestAsync();

        Assert.Equal(4, Customers.Count);
        foreach (var uid in good)
            Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.Equal(
            ("intacct-malformed", RecordState.NeedsAction),
            ((await EntryAsync(poison)).Problem?.Code, (await EntryAsync(poison)).State)
        );
    }

    [Fact]
    public async Task An_ignored_record_stays_out_until_it_is_retried()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group", o => o["organization_email"] = "ap@");
        await RestAsync();
        var connection = await ConnectionAsync();
        var person = Process.Get<PersonRequests>();
        await person.IgnoreAsync(connection, ZuperFlows.Organizations, uid, "test record", Forever);
        Zuper.Screens.Edit(uid, o => o["organization_email"] = "");
        await RestAsync();
        Assert.Empty(Customers);
        Assert.Equal(RecordState.Skipped, (await EntryAsync(uid)).State);

        await person.RetryAsync(connection, ZuperFlows.Organizations, uid, Forever);
        await RestAsync();
        Assert.Single(Customers);
    }

    [Fact]
    public async Task One_cause_mended_frees_everything_it_blocked()
    {
        await ConnectAsync(s => s with { Invoice = new InvoiceSettings { TermName = "Net 99" } });
        var uids = Enumerable.Range(0, 12).Select(i => MakeOrganization($"Company {i}")).ToList();
        await RestAsync();
        var code = (await EntryAsync(uids[0])).Problem?.Code;
        Assert.NotNull(code);
        Assert.Empty(Customers);

        Intacct.Company.Add("ARTERM", new Dictionary<string, string>(StringComparer.Ordinal) { ["NAME"] = "Net 99" });
        var connection = await ConnectionAsync();
        Assert.Equal(12, await Process.Get<PersonRequests>().RetryAllAsync(connection, null, code, Forever));
        await RestAsync();
        Assert.Equal(12, Customers.Count(c => c["TERMNAME"] == "Net 99"));
    }

    [Fact]
    public async Task Many_linked_records_that_are_gone_together_are_rather_an_account_that_was_changed()
    {
        await ConnectAsync();
        var uids = Enumerable.Range(0, 6).Select(i => MakeOrganization($"Company {i}")).ToList();
        await RestAsync();
        Zuper.Reset();
        Zuper.RequestsPerMinute = 0;
        var connection = await ConnectionAsync();
        foreach (var uid in uids)
            await Process.Get<PersonRequests>().RetryAsync(connection, ZuperFlows.Organizations, uid, Forever);
        await RestAsync();

        Assert.All(Customers, c => Assert.Equal("active", c["STATUS"]));
        Assert.Equal("zuper-records-missing", (await EntryAsync(uids[0])).Problem?.Code);
    }

    [Fact]
    public async Task What_needs_a_person_can_be_found_by_its_name_and_is_not_read_again_by_each_sweep()
    {
        await ConnectAsync();
        MakeOrganization("Harbor Dental Group", o => o["organization_email"] = "ap@");
        await RestAsync();
        var found = await Process
            .Get<Core.KeyMap.RecordQuery>()
            .ListAsync(Id, ZuperFlows.Organizations, null, "harbor", null, 10, Forever);
        Assert.Equal("email-invalid", Assert.Single(found.Items).Problem?.Code);

        // The first sweep looks again at what was handled in the moment of its change; those that follow do not.
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        var reads =
            Zuper.Counters.Of("GET /api/organization/{uid}") + Zuper.Counters.Of("POST /api/organization/filter");
        await SweepAsync();
        Assert.Equal(
            reads,
            Zuper.Counters.Of("GET /api/organization/{uid}") + Zuper.Counters.Of("POST /api/organization/filter")
        );
    }

    [Fact]
    public async Task The_log_says_of_what_needs_a_person_the_cause_and_where_to_look_and_nothing_of_its_data()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group", o => o["organization_email"] = "ap@harbor");
        await RestAsync();
        var problem = (await EntryAsync(uid)).Problem!;
        var line = Assert.Single(Log.Lines, l => l.Text.Contains(problem.Code, StringComparison.Ordinal)).Text;
        Assert.Contains($"/console/connections/{Id}/records/organizations/{uid}", line, StringComparison.Ordinal);
        Assert.DoesNotContain("ap@harbor", line, StringComparison.Ordinal);
    }
}
