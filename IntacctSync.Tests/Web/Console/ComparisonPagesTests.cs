using System.Globalization;
using System.Net;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Web.Console;

/// <summary>What the pages say of comparisons and previews that are stored.</summary>
public sealed class ComparisonPagesTests : ConsoleTest
{
    private static readonly ConnectionId Id = ConnectionId.Parse("acme");

    [Fact]
    public async Task The_first_comparison_that_failed_is_shown_with_its_reason()
    {
        (await PutAsync()).Is(201);
        Assert.Contains("Not compared yet", await PageAsync("/reconcile"), StringComparison.Ordinal);
        await RunAsync(RunState.Failed, "Zuper refused the key.", new RunReach { Nightly = true });

        var page = await PageAsync("/reconcile");
        Assert.DoesNotContain("Not compared yet", page, StringComparison.Ordinal);
        Assert.Contains("failed, so it is not known whether both", page, StringComparison.Ordinal);
        Assert.Contains("Zuper refused the key.", page, StringComparison.Ordinal);
        Assert.Contains("Comparisons before", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_failed_is_shown_above_the_last_that_did_not_and_no_more_once_one_has_come_to_its_end()
    {
        (await PutAsync()).Is(201);
        await RunAsync(RunState.Done, Summary());
        await RunAsync(RunState.Failed, "Zuper refused the key.");
        var page = await PageAsync("/reconcile");
        Assert.Contains("Zuper refused the key.", page, StringComparison.Ordinal);
        Assert.Contains("Both sides are equal", page, StringComparison.Ordinal);
        await RunAsync(RunState.Done, Summary());
        Assert.DoesNotContain("Zuper refused the key.", await PageAsync("/reconcile"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_only_at_the_target_stands_in_the_heading_and_is_listed()
    {
        (await PutAsync()).Is(201);
        var run = await RunAsync(RunState.Done, Summary(onlyAtTarget: 3));
        await Get<RunReports>()
            .AddAsync(
                Id,
                RunReports.OnlyAtTarget(run),
                0,
                [
                    """{"flow":"invoices","targetId":"77","title":"INV-7 <b>","date":"2026-01-31","""
                        + """ "amount":1290.5,"currency":"USD"}""",
                ],
                CancellationToken.None
            );

        var page = await PageAsync("/reconcile");
        Assert.Contains("What is linked is equal on both sides; 3 are only in Intacct", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Both sides are equal", page, StringComparison.Ordinal);
        Assert.Contains("INV-7 <b>", page, StringComparison.Ordinal);
        Assert.Contains("1,290.50 USD", page, StringComparison.Ordinal);
        Assert.Contains("The first 1 of 3 are shown", page, StringComparison.Ordinal);
        Assert.Contains("of=onlyAtTarget", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_days_whose_sums_differ_it_is_said_how_many_there_are()
    {
        (await PutAsync()).Is(201);
        await RunAsync(RunState.Done, Summary(differences: 1, sums: 120, sumsDiffer: 412));
        var page = await PageAsync("/reconcile");
        Assert.Contains("The first 30 of 412 are shown", page, StringComparison.Ordinal);
        Assert.Contains("of=sums", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("preview", RunKinds.Preview)]
    [InlineData("reconcile", RunKinds.Reconcile)]
    public async Task While_another_is_under_way_it_is_said_that_this_one_was_not_begun(string form, string kind)
    {
        (await PutAsync()).Is(201);
        var other = await Get<RunStore>()
            .StartAsync(Id, kind, null, RunReach.Of(At, requested: true), CancellationToken.None);
        var visitor = Visit();
        await visitor.GetAsync($"{Home}/runs");

        var answer = await visitor.PostAsync($"{Home}/{form}", [("what", "full")]);

        Assert.Equal($"{Home}/runs/{other.RunId}?live=1&done=under-way", answer.Location);
        var page = WebUtility.HtmlDecode((await visitor.GetAsync(answer.Location!)).Is(200).Html);
        Assert.Contains("so none was begun", page, StringComparison.Ordinal);
        Assert.Contains("class=\"alert bad\"", page, StringComparison.Ordinal);
        Assert.Single(await Get<RunStore>().ListAsync(Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_run_says_what_it_was_asked_to_look_at()
    {
        (await PutAsync()).Is(201);
        var run = await Get<RunStore>()
            .StartAsync(Id, RunKinds.Preview, null, RunReach.Of(At, requested: true), CancellationToken.None);
        foreach (var path in new[] { $"/runs/{run.RunId}", "/runs" })
            Assert.Contains(
                "Changed since 2026-03-02 09:00, of any date",
                await PageAsync(path),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task The_overview_shows_the_comparison_at_night_with_its_flows_and_days()
    {
        (await PutAsync()).Is(201);
        await RunAsync(RunState.Done, Summary(onlyAtTarget: 3), new RunReach { Nightly = true });
        Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync(RunState.Done, Summary(differences: 9), new RunReach { Flows = [ZuperFlows.Invoices] });

        var page = await PageAsync("");
        Assert.Contains("What is linked is equal on both sides; 3 are only in Intacct", page, StringComparison.Ordinal);
        Assert.Contains("by night, ", page, StringComparison.Ordinal);
        Assert.Contains("Invoices; 2026-01-01 to 2026-02-04", page, StringComparison.Ordinal);
        Assert.DoesNotContain("9 records differ", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public async Task Differences_are_shown_thirty_at_a_time_and_the_last_page_leads_nowhere(int count, bool further)
    {
        (await PutAsync()).Is(201);
        var run = await RunAsync(RunState.Done, Summary(differences: count));
        await Get<RunReports>()
            .AddAsync(
                Id,
                run,
                0,
                Enumerable
                    .Range(1, count)
                    .Select(i =>
                        $$"""{"flow":"invoices","sourceId":"i-{{i}}","title":"INV-{{i:00}}.","targetId":"{{i}}","""
                        + """ "field":"total","source":"1","target":"2","cause":"byHand","why":"w","repair":"r"}"""
                    ),
                CancellationToken.None
            );

        var page = Flat(await PageAsync($"/runs/{run}"));
        Assert.Contains($"INV-{Math.Min(count, 30):00}.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("INV-31.", page, StringComparison.Ordinal);
        Assert.Equal(further, page.Contains("Next differences", StringComparison.Ordinal));
        Assert.Equal(further, page.Contains($"/runs/{run}?from=30#differences", StringComparison.Ordinal));
        Assert.DoesNotContain("First differences", page, StringComparison.Ordinal);
        if (!further)
            return;

        page = Flat(await PageAsync($"/runs/{run}?from=30"));
        Assert.Contains("31 to 31; the CSV has all.", page, StringComparison.Ordinal);
        Assert.Contains("INV-31.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("INV-30.", page, StringComparison.Ordinal);
        Assert.Contains("First differences", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Next differences", page, StringComparison.Ordinal);
    }

    private static string Summary(int differences = 0, int onlyAtTarget = 0, int sums = 0, int sumsDiffer = 0)
    {
        var days = Enumerable
            .Range(0, sums)
            .Select(i => new DateOnly(2026, 1, 1).AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Select(day =>
                $$"""{"flow":"invoices","day":"{{day}}","currency":"","sourceCount":1,"sourceSum":1,"""
                + """ "targetCount":0,"targetSum":0}"""
            );
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"since": "2026-01-01", "until": "2026-02-04", "equal": {{(differences == 0 ? "true" : "false")}},
             "differences": {{differences}}, "sums": [{{string.Join(',', days)}}],
             "sumsLeftOut": {{sumsDiffer - sums}}, "sumsDiffer": {{sumsDiffer}}, "flows": [{"flow": "invoices",
             "source": 1, "linked": 1, "equal": 1, "differ": {{differences}}, "leftOut": 0,
             "onlyAtTarget": {{onlyAtTarget}}, "targetSystem": "Intacct"}]}
            """
        );
    }

    private async Task<string> RunAsync(RunState state, string report, RunReach? reach = null)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var runs = Get<RunStore>();
        var run = await runs.StartAsync(Id, RunKinds.Reconcile, null, reach ?? RunReach.None, CancellationToken.None);
        await runs.ChangeAsync(
            Id,
            run.RunId,
            r => r with { State = state, Report = report, EndedAt = Clock.GetUtcNow() },
            CancellationToken.None
        );
        return run.RunId;
    }

    private static string Flat(string page) =>
        string.Join(' ', page.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<string> PageAsync(string path) =>
        WebUtility.HtmlDecode((await Visit().GetAsync(Home + path)).Is(200).Html);
}
