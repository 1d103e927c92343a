using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Doctor;

public sealed class ConnectionDoctorTests : DoctorTest
{
    [Fact]
    public async Task A_connection_that_works_passes_every_check()
    {
        await ConnectOneFlowAsync();
        var report = await ExamineAsync();
        Assert.True(report.Ok, Show(report));
        Assert.Equal(
            [
                "settings",
                "settings-time-zone",
                "zuper-region",
                "zuper-key",
                "zuper-webhooks",
                "intacct-endpoint",
                "intacct-sender",
                "intacct-login",
                "machine-clock",
                "intacct-user-format",
                "intacct-customers",
                "intacct-contacts",
            ],
            report.Checks.Select(c => c.Name)
        );
    }

    [Theory]
    [InlineData(null, null, "have links without an address", true)]
    [InlineData(null, "http://127.0.0.1:5080/", "lead to http://127.0.0.1:5080, which opens on the machine", true)]
    [InlineData("http://road.test", null, "", true)]
    [InlineData(null, null, "", false)]
    public async Task Where_letters_lead_nowhere_the_address_is_advised_of(
        string? linkBase,
        string? own,
        string told,
        bool anybody
    )
    {
        await ConnectOneFlowAsync(s => s with { SyncFailureEmails = anybody ? ["ap@harbordental.example"] : [] });
        var email = Process.Get<EmailOptions>();
        (email.Host, email.From) = ("mail.example.com", "sync@example.com");
        (email.LinkBase, email.OwnAddress) = (linkBase, own);
        var report = await ExamineAsync();
        Assert.True(report.Ok, Show(report));
        var check = report.Checks.SingleOrDefault(c => c.Name == "letter-links");
        Assert.Equal(told.Length > 0, check is not null);
        Assert.Contains(told, check?.Detail ?? "", StringComparison.Ordinal);
        Assert.Equal(check is not null, check?.Fix?.StartsWith("Set Email:LinkBase", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("zuper-key")]
    [InlineData("intacct-endpoint")]
    public async Task A_limit_that_is_reached_is_no_fault_of_the_connection(string check)
    {
        await ConnectOneFlowAsync();
        (check == "zuper-key" ? Zuper.Faults : Intacct.Faults).Add(new() { Fault = "http429", Times = 0 });
        var report = await ExamineAsync();
        Assert.False(report.Ok);
        Assert.DoesNotContain(report.Checks, c => c.Status == CheckStatus.Failed);
        var notMade = report.Checks.Single(c => c.Name == check);
        Assert.StartsWith("Not made: ", notMade.Detail, StringComparison.Ordinal);
        Assert.StartsWith("Try again in a few minutes.", notMade.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_connection_has_no_report() =>
        Assert.Null(await Process.Get<ConnectionDoctor>().ExamineAsync(ConnectionId.Parse("nobody"), Forever));

    [Theory]
    [InlineData(SecretField.SenderPassword, "intacct-sender", "intacct.senderPassword", "intacct-login")]
    [InlineData(SecretField.UserPassword, "intacct-login", "intacct.userPassword", "intacct-customers")]
    [InlineData(ZuperSecrets.ApiKey, "zuper-key", "zuper.apiKey", null)]
    public async Task Exactly_what_was_refused_fails_with_its_fix_and_what_builds_on_it_is_skipped(
        string secret,
        string name,
        string fix,
        string? skipped
    )
    {
        await ConnectOneFlowAsync();
        await SetAsync(secret, "canary-wrong");
        var report = await ExamineAsync();
        var failed = Assert.Single(report.Checks, c => c.Status == CheckStatus.Failed);
        Assert.Equal(name, failed.Name);
        Assert.Contains(fix, failed.Fix, StringComparison.Ordinal);
        if (skipped is not null)
            Assert.Contains(
                name,
                report.Checks.Single(c => c.Name == skipped && c.Status == CheckStatus.Skipped).Detail,
                StringComparison.Ordinal
            );
        Assert.DoesNotContain("canary", Show(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once()
    {
        await ConnectOneFlowAsync();
        await SetAsync(SecretField.UserPassword, "canary-wrong");
        await ExamineAsync();
        Assert.Equal(1, Intacct.Journal.Count);
    }

    [Fact]
    public async Task A_sender_that_the_company_does_not_authorise_is_told_from_a_wrong_one()
    {
        await ConnectOneFlowAsync();
        Intacct.Faults.Add(new() { Fault = "senderUnauthorised" });
        var failed = Assert.Single((await ExamineAsync()).Checks, c => c.Status == CheckStatus.Failed);
        Assert.Equal("intacct-sender", failed.Name);
        Assert.Contains("Web Services authorizations", failed.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_secret_fails_the_settings_and_nobody_is_called()
    {
        await ConnectOneFlowAsync();
        await Process
            .Get<ConnectionSecrets>()
            .ApplyAsync(Id, Change(SecretField.UserPassword, SecretChange.Cleared), Forever);
        var report = await ExamineAsync();
        Assert.Equal(CheckStatus.Failed, report.Checks[0].Status);
        Assert.Contains("intacct.userPassword", report.Checks[0].Fix, StringComparison.Ordinal);
        Assert.All(
            report.Checks.Where(c => !c.Name.StartsWith("settings", StringComparison.Ordinal)),
            c => Assert.Equal(CheckStatus.Skipped, c.Status)
        );
        Assert.False(report.Ok);
        Assert.Equal(0, Wire.Count);
    }

    [Fact]
    public async Task A_company_that_Zuper_does_not_know_fails_the_region()
    {
        await ConnectOneFlowAsync(s => s with { Zuper = s.Zuper with { ApiUrl = null, CompanyName = "nobody" } });
        var report = await ExamineAsync();
        var failed = Assert.Single(report.Checks, c => c.Status == CheckStatus.Failed);
        Assert.Equal("zuper-region", failed.Name);
        Assert.Contains("zuper.companyName", failed.Fix, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Skipped, report.Checks.Single(c => c.Name == "zuper-key").Status);
    }

    [Fact]
    public async Task An_unreachable_Intacct_fails_the_endpoint_and_leaves_Zuper_its_checks()
    {
        Settings["Intacct:Endpoint"] = "http://127.0.0.1:9/ia/xml/xmlgw.phtml";
        await RestartAsync();
        await ConnectOneFlowAsync();
        var report = await ExamineAsync();
        Assert.Equal("intacct-endpoint", Assert.Single(report.Checks, c => c.Status == CheckStatus.Failed).Name);
        Assert.True(report.Passed("zuper-key"), Show(report));
        Assert.Equal(CheckStatus.Skipped, report.Checks.Single(c => c.Name == "intacct-login").Status);
    }

    [Fact]
    public async Task A_term_that_does_not_exist_fails_by_its_name()
    {
        await ConnectOneFlowAsync(s => s with { Invoice = s.Invoice with { TermName = "Net 4711" } });
        var failed = Assert.Single((await ExamineAsync()).Checks, c => c.Status == CheckStatus.Failed);
        Assert.Equal("intacct-term", failed.Name);
        Assert.Contains("Net 4711", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_that_stays_busy_skips_what_concerns_Intacct()
    {
        await ConnectOneFlowAsync();
        await using var busy = await Process.Get<CompanyLeases>().TryAcquireAsync(new CompanyId("sandbox"), Forever);
        var report = await ExamineAsync();
        Assert.All(
            report.Checks.Where(c => c.Name.StartsWith("intacct", StringComparison.Ordinal)),
            c => Assert.Equal(CheckStatus.Skipped, c.Status)
        );
        Assert.True(report.Passed("zuper-key"), Show(report));
        Assert.False(report.Ok);
        Assert.Equal(0, Intacct.Counters.Requests);
    }

    [Fact]
    public async Task A_mended_connection_goes_on_at_once_and_one_that_is_not_stays_stopped()
    {
        await ConnectOneFlowAsync();
        await StopAsync();
        await SetAsync(SecretField.UserPassword, "canary-wrong");
        await ExamineAsync();
        Assert.NotNull((await ConnectionAsync()).Stop);

        await SetAsync(SecretField.UserPassword, "sandbox-user-password");
        await ExamineAsync();
        Assert.Null((await ConnectionAsync()).Stop);
        Assert.Contains(
            await Process.Get<ConnectionTimeline>().ReadAsync(Id, Clock.GetUtcNow(), Forever),
            e => e.What == "resumed"
        );
    }

    private Task SetAsync(string secret, string value) =>
        Process.Get<ConnectionSecrets>().ApplyAsync(Id, Change(secret, SecretChange.To(value)), Forever);

    private static Dictionary<string, SecretChange> Change(string secret, SecretChange change) =>
        new(StringComparer.Ordinal) { [secret] = change };
}
