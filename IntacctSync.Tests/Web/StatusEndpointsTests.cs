using IntacctSync.Core.Cursors;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Web;

public sealed class StatusEndpointsTests : ApiTest
{
    private const string Status = "/api/connections/acme/status";

    [Fact]
    public async Task Each_flow_shows_its_place_and_its_counts_and_what_is_in_doubt_is_pending()
    {
        (await PutAsync(d => d["syncInvoices"] = false)).Is(201);
        var at = Clock.GetUtcNow();
        await RememberAsync("1", e => e.Sync(at, "created", "Made."));
        await RememberAsync("2", e => e.Need(at, FailedRecord()));
        await RememberAsync("3", e => e.Doubt(at, "No answer came."));
        await RememberAsync("4", e => e.Wait(at, at.AddMinutes(-9), "Later."));
        await RememberAsync("5", e => e.Bury(at, FailedRecord()));
        await RememberAsync("6", e => e.Skip(at, "Nothing to do."));
        await Get<CursorStore>()
            .ChangeAsync(
                ConnectionId.Parse("acme"),
                "organizations",
                c => c with { Position = "here", LastRunAt = at },
                CancellationToken.None
            );

        var answer = (await CallAsync("GET", Status)).Is(200);
        var flows = answer.Json["flows"]!.AsArray();
        Assert.Equal(
            ["organizations", "customers", "invoices", "products", "payments"],
            flows.Select(f => f!["flow"]!.ToString())
        );
        Assert.Equal([true, false], new[] { flows[0], flows[2] }.Select(f => f!["enabled"]!.GetValue<bool>()));
        Assert.Equal(
            [2, 1, 1, 1, 1],
            new[] { "pending", "synced", "skipped", "needsAction", "dead" }.Select(c => flows[0]![c]!.GetValue<int>())
        );
        Assert.Equal("here", flows[0]!["cursor"]!.ToString());
        Assert.Equal(at.AddMinutes(-9), flows[0]!["oldestPendingAt"]!.GetValue<DateTimeOffset>());
        Assert.Equal(at, answer.Json["countedAt"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task The_last_comparison_shows_how_many_records_differ()
    {
        (await PutAsync()).Is(201);
        Assert.Null((await CallAsync("GET", Status)).Is(200).Json["reconciled"]);
        var (id, runs) = (ConnectionId.Parse("acme"), Get<RunStore>());
        var run = await runs.StartAsync(id, RunKinds.Reconcile, null, CancellationToken.None);
        await runs.ChangeAsync(
            id,
            run.RunId,
            r => r with { State = RunState.Done, Failed = 3, EndedAt = Clock.GetUtcNow() },
            CancellationToken.None
        );
        var told = (await CallAsync("GET", Status)).Is(200).Json["reconciled"]!;
        Assert.Equal((run.RunId, 3), (told["runId"]!.ToString(), told["differences"]!.GetValue<int>()));

        Clock.Advance(TimeSpan.FromDays(1));
        var failed = await runs.StartAsync(id, RunKinds.Reconcile, null, CancellationToken.None);
        await runs.ChangeAsync(
            id,
            failed.RunId,
            r => r with { State = RunState.Failed, Report = "Intacct is down.", EndedAt = Clock.GetUtcNow() },
            CancellationToken.None
        );
        var status = (await CallAsync("GET", Status)).Is(200).Json;
        Assert.Equal(run.RunId, status["reconciled"]!["runId"]!.ToString());
        Assert.Equal("Intacct is down.", status["reconcileFailed"]!["why"]!.ToString());
    }

    [Fact]
    public async Task The_comparison_at_night_is_shown_and_not_one_that_a_person_asked_for_since()
    {
        (await PutAsync()).Is(201);
        var nightly = await ComparedAsync(
            new RunReach { Nightly = true },
            """
            {"since": "2026-01-01", "until": "2026-02-04", "equal": true, "differences": 0, "sums": [], "flows": [
                {"flow": "organizations", "onlyAtTarget": 0, "targetSystem": "Intacct"},
                {"flow": "invoices", "onlyAtTarget": 2, "targetSystem": "Intacct"}]}
            """
        );
        Clock.Advance(TimeSpan.FromHours(5));
        await ComparedAsync(
            new RunReach { Flows = [ZuperFlows.Invoices] },
            """{"equal": false, "differences": 9, "sums": [], "flows": []}""",
            failed: 9
        );

        var told = (await CallAsync("GET", Status)).Is(200).Json["reconciled"]!;
        Assert.Equal((nightly, true), (told["runId"]!.ToString(), told["nightly"]!.GetValue<bool>()));
        Assert.Equal(["organizations", "invoices"], told["flows"]!.AsArray().Select(f => f!.ToString()));
        Assert.Equal(("2026-01-01", "2026-02-04"), (told["since"]!.ToString(), told["until"]!.ToString()));
        var only = Assert.Single(told["onlyAtTarget"]!.AsArray())!;
        Assert.Equal(("Intacct", 2), (only["system"]!.ToString(), only["count"]!.GetValue<int>()));

        // What a person asked for and failed is not that of the night either.
        Clock.Advance(TimeSpan.FromHours(1));
        await ComparedAsync(RunReach.None, "Intacct is down.", state: RunState.Failed);
        Assert.Null((await CallAsync("GET", Status)).Is(200).Json["reconcileFailed"]);
        Clock.Advance(TimeSpan.FromHours(1));
        await ComparedAsync(new RunReach { Nightly = true }, "It is stopped.", state: RunState.Failed);
        Assert.Equal(
            "It is stopped.",
            (await CallAsync("GET", Status)).Is(200).Json["reconcileFailed"]!["why"]!.ToString()
        );
    }

    [Fact]
    public async Task A_comparison_of_all_flows_and_days_takes_the_place_of_the_one_at_night()
    {
        (await PutAsync()).Is(201);
        var night = RunReach.OfDays(new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 4), null, nightly: true);
        await ComparedAsync(night, """{"equal": false, "differences": 9, "sums": [], "flows": []}""", failed: 9);
        Clock.Advance(TimeSpan.FromHours(5));
        var asked = await ComparedAsync(
            RunReach.OfDays(new DateOnly(2026, 1, 1), null, null, nightly: false),
            """{"equal": true, "differences": 0, "sums": [], "flows": []}"""
        );
        Clock.Advance(TimeSpan.FromHours(1));
        await ComparedAsync(
            RunReach.OfDays(new DateOnly(2026, 1, 2), null, null, nightly: false),
            """{"equal": false, "differences": 1, "sums": [], "flows": []}""",
            failed: 1
        );
        var told = (await CallAsync("GET", Status)).Is(200).Json["reconciled"]!;
        Assert.Equal((asked, 0), (told["runId"]!.ToString(), told["differences"]!.GetValue<int>()));
    }

    private async Task<string> ComparedAsync(
        RunReach reach,
        string report,
        int failed = 0,
        RunState state = RunState.Done
    )
    {
        var (id, runs) = (ConnectionId.Parse("acme"), Get<RunStore>());
        var run = await runs.StartAsync(id, RunKinds.Reconcile, null, reach, CancellationToken.None);
        await runs.ChangeAsync(
            id,
            run.RunId,
            r => r with { State = state, Failed = failed, EndedAt = Clock.GetUtcNow(), Report = report },
            CancellationToken.None
        );
        return run.RunId;
    }

    [Fact]
    public async Task Counts_of_few_records_are_kept_for_a_second()
    {
        (await PutAsync()).Is(201);
        Assert.Equal(0, await SkippedAsync());
        await RememberAsync("1", e => e.Skip(Clock.GetUtcNow(), "Nothing to do."));
        Clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(0, await SkippedAsync());
        Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, await SkippedAsync());
    }

    [Fact]
    public async Task The_months_transactions_are_those_of_the_company_in_any_case()
    {
        (await PutAsync()).Is(201);
        var ledger = Get<TransactionTally>();
        ledger.Add("HARBOR-dental", 3);
        ledger.Add("another", 100);
        await ledger.FlushAsync(CancellationToken.None);
        ledger.Add("harbor-dental", 2);
        Assert.Equal("5", (await CallAsync("GET", Status))["intacctTransactionsThisMonth"]);
        Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal("0", (await CallAsync("GET", Status))["intacctTransactionsThisMonth"]);
    }

    private async Task<int> SkippedAsync() =>
        (await CallAsync("GET", Status)).Is(200).Json["flows"]![0]!["skipped"]!.GetValue<int>();
}
