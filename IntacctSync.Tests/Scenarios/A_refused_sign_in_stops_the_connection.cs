using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Scenarios;

public class A_refused_sign_in_stops_the_connection : RoadTest
{
    [Theory]
    [InlineData(SecretField.UserPassword, "intacct-login-rejected")]
    [InlineData(SecretField.SenderPassword, "intacct-sender-rejected")]
    [InlineData(ZuperSecrets.ApiKey, "zuper-key-rejected")]
    public async Task One_alarm_few_sign_ins_and_on_with_everything_once_mended(string secret, string code)
    {
        await ConnectAsync();
        var right = (await Process.Get<ConnectionSecrets>().GetAsync(Id, secret, Forever))!;
        await SetAsync(secret, "canary-wrong-secret");
        var uids = Enumerable.Range(0, 5).Select(i => MakeOrganization($"Company {i}")).ToList();
        await RestAsync(TimeSpan.FromHours(1));

        var stop = (await ConnectionAsync()).Stop;
        Assert.Equal(code, stop?.Problem.Code);
        Assert.NotEmpty(stop!.Problem.Fix);
        Assert.Single(
            Log.Lines,
            l => l.Level == LogLevel.Error && l.Text.Contains("is stopped", StringComparison.Ordinal)
        );
        Assert.InRange(Intacct.Counters["refused"] + Intacct.Counters.Logins, 0, 6);

        await SetAsync(secret, right);
        var connection = await ConnectionAsync();
        await Process.Get<ConnectionStore>().PutAsync(Id, connection.Settings, Forever);
        var mended = Clock.GetUtcNow();
        await RestAsync();

        Assert.Equal(5, Customers.Count);
        Assert.All(uids, uid => Assert.NotNull(SageId(uid)));
        Assert.All(uids, uid => Assert.Equal(RecordState.Synced, EntryAsync(uid).GetAwaiter().GetResult().State));
        Assert.True((await EntryAsync(uids[0])).Timeline[^1].At - mended < TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(
            Log.Lines,
            l => l.Text.Contains("canary", StringComparison.Ordinal) || l.Text.Contains(right, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_company_that_does_not_authorise_the_sender_is_told_where_to_add_it()
    {
        await ConnectAsync();
        Intacct.Faults.Add(new() { Fault = "senderUnauthorised", Times = 2 });
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromSeconds(20));

        var stop = (await ConnectionAsync()).Stop;
        Assert.Equal("intacct-sender-not-authorized", stop?.Problem.Code);
        Assert.Contains("Web Services authorizations", stop!.Problem.Fix, StringComparison.Ordinal);

        // It is mended in Intacct, so nothing is put anew: a probe finds out.
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.Null((await ConnectionAsync()).Stop);
    }

    [Fact]
    public async Task An_unreachable_Intacct_loses_nothing()
    {
        var reachable = Settings["Intacct:Endpoint"];
        Settings["Intacct:Endpoint"] = "http://127.0.0.1:9/ia/xml/xmlgw.phtml";
        await RestartAsync();
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromMinutes(30));
        var entry = await EntryAsync(uid);
        Assert.Equal(RecordState.Pending, entry.State);
        Assert.Contains("127.0.0.1:9", entry.Timeline[^1].Detail, StringComparison.Ordinal);

        Settings["Intacct:Endpoint"] = reachable;
        await RestartAsync();
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(302)]
    public async Task One_route_of_Zuper_that_is_refused_is_the_trouble_of_its_records_and_stops_nothing(int status)
    {
        await ConnectAsync();
        Wire.Refuse = r => r.Method == HttpMethod.Patch ? (System.Net.HttpStatusCode)status : null;
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Assert.Equal(
            (RecordState.NeedsAction, "write-back-refused"),
            ((await EntryAsync(uid)).State, (await EntryAsync(uid)).Problem?.Code)
        );
        Assert.DoesNotContain(await NotesAsync(), n => n is "stopped" or "resumed");
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Where_all_of_Zuper_is_refused_the_connection_stops(int status)
    {
        await ConnectAsync();
        Wire.Refuse = r =>
            r.RequestUri!.AbsolutePath.Contains("/organization", StringComparison.Ordinal)
                ? (System.Net.HttpStatusCode)status
                : null;
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromHours(1));
        Assert.NotNull((await ConnectionAsync()).Stop);
        Wire.Refuse = null;
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.Equal(["stopped", "resumed"], await NotesAsync());
    }

    [Fact]
    public async Task A_probe_that_succeeds_while_the_work_is_refused_is_no_end_of_the_stop()
    {
        await ConnectAsync();
        Wire.Refuse = r => r.Method == HttpMethod.Patch ? System.Net.HttpStatusCode.Unauthorized : null;
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromHours(12));
        Assert.Equal(["stopped"], await NotesAsync());
        Assert.InRange(Zuper.Counters.Of("PATCH /api/organization/{uid}"), 0, 0);

        Wire.Refuse = null;
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.Equal(["stopped", "resumed"], await NotesAsync());
    }

    private async Task<IReadOnlyList<string>> NotesAsync() =>
        [.. (await Process.Get<ConnectionTimeline>().ReadAsync(Id, Clock.GetUtcNow(), Forever)).Select(n => n.What)];

    private Task SetAsync(string secret, string value) =>
        Process
            .Get<ConnectionSecrets>()
            .ApplyAsync(
                Id,
                new Dictionary<string, SecretChange>(StringComparer.Ordinal) { [secret] = SecretChange.To(value) },
                Forever
            );
}
