using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class What_only_reads_waits_where_a_system_asks_it_to : InvoiceRoadTest
{
    private static readonly string[] Organizations = ["Harbor Dental Group", "Lakeside Hotel", "Ridge Farm"];

    [Theory]
    [InlineData("zuper")]
    [InlineData("intacct")]
    public async Task A_preview_asks_again_for_what_a_limit_kept_back(string system)
    {
        await OrganizationsAsync();
        Limit(system, times: 2);
        var began = Clock.GetUtcNow();

        var run = await EndOfAsync(StartPreviewAsync);

        Assert.Equal(RunState.Done, run.State);
        Assert.Equal(["create 3"], Counts(run));
        Assert.Equal((3, 3), (run.Found, run.Done));
        Assert.True(Clock.GetUtcNow() - began >= TimeSpan.FromSeconds(30), "It did not wait as long as it was asked.");
    }

    [Fact]
    public async Task The_sync_goes_on_while_a_preview_waits()
    {
        await OrganizationsAsync();
        Limit("zuper", times: 1, seconds: 120);
        var preview = Motion.Begin(() => BeginAsync(StartPreviewAsync));
        await Motion.StillAsync(preview);
        var lease = await Process.Get<CompanyLeases>().TryAcquireAsync((await ConnectionAsync()).Company, Forever);
        Assert.NotNull(lease);
        await lease.DisposeAsync();
        await WaitAsync(preview);
        Assert.Equal(["create 3"], Counts(await preview));
    }

    [Fact]
    public async Task A_limit_that_lasts_is_told_as_what_is_not_known()
    {
        await OrganizationsAsync();
        Limit("zuper", times: 0);
        var began = Clock.GetUtcNow();

        var run = await EndOfAsync(StartPreviewAsync);

        Assert.Equal(["failed 3"], Counts(run));
        Assert.Equal((3, 3), (run.Found, run.Done));
        Assert.True(Clock.GetUtcNow() - began < TimeSpan.FromHours(1), "It waited without an end.");
        var told = 0;
        await foreach (var line in Process.Get<RunReports>().ReadAsync(Id, run.RunId, Forever))
        {
            told++;
            Assert.Contains("rate of requests", line, StringComparison.Ordinal);
            Assert.DoesNotContain("by itself", line, StringComparison.Ordinal);
        }

        Assert.Equal(3, told);
    }

    [Fact]
    public async Task A_preview_that_waits_is_cancelled_at_once()
    {
        await OrganizationsAsync();
        Limit("zuper", times: 0, seconds: 600);
        string? runId = null;
        var preview = Motion.Begin(() =>
            BeginAsync(async () =>
            {
                var run = await StartPreviewAsync();
                runId = run.RunId;
                return run;
            })
        );
        await Motion.StillAsync(preview);
        var began = Clock.GetUtcNow();
        await Process.Get<RunStore>().ChangeAsync(Id, runId!, r => r with { State = RunState.Cancelled }, Forever);
        await WaitAsync(preview);
        Assert.Equal(RunState.Cancelled, (await preview).State);
        Assert.True(Clock.GetUtcNow() - began < TimeSpan.FromSeconds(5), "It went on waiting.");
    }

    [Theory]
    [InlineData("zuper")]
    [InlineData("intacct")]
    public async Task A_comparison_goes_on_where_it_stood(string system)
    {
        await OrganizationsAsync();
        await BackfillAsync();
        LimitAll(system, times: 1);
        var run = await EndOfAsync(async () =>
            (
                await Process
                    .Get<Reconciliation>()
                    .StartAsync(await ConnectionAsync(), null, null, null, tells: false, Forever)
            ).Run
        );
        Assert.True(run.State == RunState.Done, run.Report);
        var report = JsonNode.Parse(run.Report!)!;
        Assert.True(report["equal"]!.GetValue<bool>(), run.Report);
        Assert.Equal(3, report["flows"]![0]!["linked"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("zuper")]
    [InlineData("intacct")]
    public async Task A_rebuild_goes_on_where_it_stood(string system)
    {
        await OrganizationsAsync();
        await BackfillAsync();
        await ForgetLinksAsync();
        LimitAll(system, times: 1);
        var run = await EndOfAsync(async () =>
            (await Process.Get<Rebuild>().StartAsync(await ConnectionAsync(), Forever)).Run
        );
        Assert.True(run.State == RunState.Done, run.Report);
        Assert.Equal(3, JsonNode.Parse(run.Report!)!["flows"]![0]!["linked"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_can_not_be_read_at_all_does_not_say_that_it_is_tried_again_by_itself()
    {
        await OrganizationsAsync();
        LimitAll("zuper", times: 0);
        var run = await EndOfAsync(async () =>
            (
                await Process
                    .Get<Reconciliation>()
                    .StartAsync(await ConnectionAsync(), null, null, null, tells: false, Forever)
            ).Run
        );
        Assert.Equal(RunState.Failed, run.State);
        Assert.EndsWith("Try again in a few minutes.", run.Report, StringComparison.Ordinal);
        Assert.DoesNotContain("by itself", run.Report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_flow_that_is_on_has_its_counts_where_nothing_was_found_too()
    {
        await OrganizationsAsync(syncInvoices: true);
        var report = JsonNode.Parse((await EndOfAsync(StartPreviewAsync)).Report!)!;
        Assert.Equal(
            ["organizations 3", "customers 0", "invoices 0"],
            report["flows"]!.AsArray().Select(f => $"{f!["flow"]} {f["counts"]!["create"]}")
        );
        Assert.All(report["flows"]!.AsArray(), f => Assert.Null(f!["untold"]));
    }

    [Fact]
    public async Task A_flow_that_can_not_be_read_and_those_behind_it_say_so()
    {
        await OrganizationsAsync(syncInvoices: true);
        Zuper.Faults.Add(
            new FaultRule
            {
                Fault = ZuperFaults.Http403,
                Match = Of("/api/customers"),
                Times = 0,
            }
        );

        var run = await EndOfAsync(StartPreviewAsync);

        Assert.Equal(RunState.Failed, run.State);
        var report = JsonNode.Parse(run.Report!)!;
        var untold = report["flows"]!.AsArray().Select(f => f!["untold"]?.ToString()).ToList();
        Assert.Equal("3", report["flows"]![0]!["counts"]!["create"]!.ToString());
        Assert.Null(untold[0]);
        Assert.Equal(report["message"]!.ToString(), untold[1]);
        Assert.StartsWith("Not looked at: customers come first", untold[2], StringComparison.Ordinal);
    }

    /// <summary>Three organizations that are not synced yet.</summary>
    private async Task OrganizationsAsync(bool syncInvoices = false)
    {
        FillBooks();
        await ConnectAsync(
            s =>
                WithAccounts(s) with
                {
                    SyncProducts = false,
                    SyncPayments = false,
                    SyncInvoices = syncInvoices,
                    SyncCustomers = syncInvoices,
                    IdentifyCustomerBy = IdentifyCustomerBy.Name,
                },
            webhooks: false
        );
        foreach (var name in Organizations)
            MakeOrganization(name);
    }

    /// <summary>Records are refused for the rate of requests, and lists are not.</summary>
    private void Limit(string system, int times, int seconds = 30)
    {
        if (system == "zuper")
            foreach (var route in (string[])["/api/organization/{uid}", "/api/organization/filter"])
                Zuper.Faults.Add(Limited(ZuperFaults.Http429, times, seconds) with { Match = Of(route) });
        else
            Intacct.Faults.Add(Limited(IntacctFaults.TooManyRequests, times, seconds));
    }

    private void LimitAll(string system, int times)
    {
        if (system == "zuper")
            Zuper.Faults.Add(Limited(ZuperFaults.Http429, times, 30));
        else
            Intacct.Faults.Add(Limited(IntacctFaults.TooManyRequests, times, 30));
    }

    private static FaultRule Limited(string fault, int times, int seconds) =>
        new FaultRule { Fault = fault, Times = times }
            .With("seconds", seconds)
            .With("retryAfter", seconds);

    private static Dictionary<string, string> Of(string route) => new(StringComparer.Ordinal) { ["route"] = route };

    private static IEnumerable<string> Counts(Run run) =>
        JsonNode.Parse(run.Report!)!["counts"]!
            .AsObject()
            .Where(c => c.Value!.GetValue<int>() > 0)
            .Select(c => $"{c.Key} {c.Value}");

    private async Task<Run> StartPreviewAsync() =>
        (await Process.Get<Preview>().StartAsync(await ConnectionAsync(), null, null, requested: true, Forever)).Run;

    private async Task BackfillAsync()
    {
        await Process
            .Get<Core.Detection.Backfill>()
            .StartAsync(await ConnectionAsync(), ZuperFlows.Organizations, null, requested: true, Forever);
        await RestAsync();
        Assert.Equal(3, Customers.Count);
    }

    private async Task ForgetLinksAsync()
    {
        var keyMap = Process.Get<KeyMapStore>();
        var linked = await keyMap.SomeLinkedAsync(Id, ZuperFlows.Organizations, _ => true, 10, Forever);
        await keyMap.SaveAsync([.. linked.Select(e => e with { TargetId = null, Hash = null })], Forever);
    }

    private Task<Run> EndOfAsync(Func<Task<Run>> start) => PassAsync(() => BeginAsync(start));

    private async Task<Run> BeginAsync(Func<Task<Run>> start)
    {
        var started = await start();
        await Process.Get<LongRuns>().EndOfAsync(started.RunId, Forever);
        return (await Process.Get<RunStore>().GetAsync(Id, started.RunId, Forever))!;
    }
}
