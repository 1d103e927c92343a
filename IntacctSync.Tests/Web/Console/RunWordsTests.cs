using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;
using IntacctSync.Web.Console.Words;

namespace IntacctSync.Tests.Web.Console;

public sealed class RunWordsTests
{
    private static readonly IAppProfile App = Some.Settings().Profile;

    [Theory]
    [InlineData(100, 0, 4900L, "100 found so far, 0 worked off", "About 5,000 are left.")]
    [InlineData(
        600,
        500,
        4400L,
        "600 found so far, 500 worked off",
        "About 4,500 are left; about 1 hour at this pace."
    )]
    [InlineData(600, 500, null, "600 found so far, 500 worked off", "How many are left is not known yet.")]
    public void A_backfill_tells_what_is_left_as_far_as_its_source_says(
        int found,
        int done,
        long? ahead,
        string progress,
        string left
    )
    {
        var run = RunOf(RunKinds.Backfill) with { Found = found, Done = done, Ahead = ahead };
        Assert.Equal(progress, RunWords.Progress(run));
        Assert.Equal(left, RunWords.Left(run, Some.Now.AddMinutes(10)));
    }

    [Fact]
    public void Once_nothing_more_will_be_found_that_is_all_there_is()
    {
        var run = RunOf(RunKinds.Backfill) with { Found = 60, Done = 20, Failed = 10, Detected = true };
        Assert.Equal("30 of 60 worked off, 10 of them in vain", RunWords.Progress(run));
        Assert.Equal("30 are left; about 10 minutes at this pace.", RunWords.Left(run, Some.Now.AddMinutes(10)));
        Assert.Null(RunWords.Left(run with { Done = 50 }, Some.Now.AddMinutes(10)));
        Assert.Null(RunWords.Left(run with { State = RunState.Cancelled }, Some.Now.AddMinutes(10)));
    }

    [Fact]
    public void A_comparison_tells_how_many_were_compared_and_those_that_differ_are_among_them()
    {
        var run = RunOf(RunKinds.Reconcile);
        Assert.Equal("Both sides are being read, none is compared yet", RunWords.Progress(run));
        run = run with { Found = 1000, Done = 1000, Failed = 3 };
        Assert.Equal("1,000 compared, 3 differ", RunWords.Progress(run));
        Assert.Equal("How many are left is not known yet.", RunWords.Left(run, Some.Now.AddMinutes(1)));
        Assert.Equal(
            "0 compared, 0 differ",
            RunWords.Progress(RunOf(RunKinds.Reconcile) with { State = RunState.Done })
        );
    }

    public static TheoryData<string, RunReach, string?> Reaches =>
        new()
        {
            { RunKinds.Poll, RunReach.None, "What changed since it was last looked at" },
            { RunKinds.Backfill, RunReach.None, null },
            { RunKinds.Backfill, RunReach.Of(null, requested: false), "All from the start date on, as a first sync" },
            { RunKinds.Preview, RunReach.Of(null, requested: true), "All, of any date" },
            { RunKinds.Preview, RunReach.Of(Some.Now, requested: true), "Changed since 2026-03-02 09:00, of any date" },
            { RunKinds.Reconcile, RunReach.None, "All flows; All days" },
            {
                RunKinds.Reconcile,
                RunReach.OfDays(
                    new DateOnly(2026, 1, 1),
                    new DateOnly(2026, 1, 31),
                    [ZuperFlows.Invoices, ZuperFlows.Payments],
                    nightly: true
                ),
                "By night, as the settings ask: Invoices, payments; 2026-01-01 to 2026-01-31"
            },
        };

    [Theory]
    [MemberData(nameof(Reaches))]
    public void A_run_says_what_it_was_asked_to_look_at(string kind, RunReach reach, string? words) =>
        Assert.Equal(words, RunWords.Reach(App, RunOf(kind) with { Reach = reach }));

    private static Run RunOf(string kind) =>
        new()
        {
            RunId = "202603-1",
            Kind = kind,
            Flow = (FlowName?)null,
            StartedAt = Some.Now,
        };
}
