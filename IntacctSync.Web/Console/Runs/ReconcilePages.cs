using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console.Access;
using IntacctSync.Web.Console.Pages;
using IntacctSync.Web.Console.Words;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Runs;

/// <summary>Comparing both sides, previewing a sync, and the page of one run with what it found.</summary>
internal sealed class ReconcilePages(
    FrameReader frames,
    ConnectionStore connections,
    RunStore runs,
    RunReports reports,
    Reconciliation reconciliation,
    Preview preview
)
{
    private const int Before = 10;

    public async Task<IResult> ShowAsync(string id, CancellationToken cancellationToken)
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var compared = (await runs.ListAsync(frame.Connection.Id, cancellationToken))
            .Where(r => r.Kind == RunKinds.Reconcile)
            .ToList();
        var last = compared.Find(r => RunReport.Comparison(r) is not null);
        return PageResult.Of<ReconcilePage>(
            $"Reconcile · {frame.Connection.Id}",
            new ReconcileModel(
                frame,
                compared.Find(r => r.State == RunState.Running),
                last is null ? null : await ComparisonAsync(frame, last, 0, cancellationToken),
                LastComparisons.OfAll(compared).FailedSince,
                [.. compared.Take(Before)]
            )
        );
    }

    public async Task<IResult> RunAsync(HttpContext http, string id, string runId, CancellationToken cancellationToken)
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var run =
            await runs.GetAsync(frame.Connection.Id, runId, cancellationToken)
            ?? throw RefusedException.NotFound("The connection has no such run.");
        var counts = RunReport.Preview(run);
        return PageResult.Of<RunPage>(
            RunWords.Title((frame.App, run)),
            new RunModel(
                frame,
                run,
                counts,
                counts is null
                    ? []
                    : await reports.LinesAsync<PreviewedRecord>(
                        frame.Connection.Id,
                        run.RunId,
                        0,
                        int.MaxValue,
                        cancellationToken
                    ),
                await ComparisonAsync(frame, run, Paths.Place(http.Request.Query["from"]), cancellationToken)
            )
        );
    }

    public async Task<IResult> StartAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var form = await Form.ReadAsync(http, cancellationToken);
        var (since, until) = (Day(form["since"]), Day(form["until"]));
        if (until < since)
            throw RefusedException.Invalid("until", "The last day is before the first one.");
        var (run, underWay) = await reconciliation.StartAsync(
            connection,
            since,
            until,
            null,
            tells: false,
            cancellationToken
        );
        return ToRun(connection, run, underWay);
    }

    public async Task<IResult> PreviewAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var form = await Form.ReadAsync(http, cancellationToken);
        var since = form["what"] == "since" ? Day(form["since"]) : null;
        http.Note("nothing is written");
        var (run, underWay) = await preview.StartAsync(
            connection,
            null,
            since is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null,
            requested: form["what"] != RunPages.First,
            cancellationToken
        );
        return ToRun(connection, run, underWay);
    }

    /// <summary>To the run that was begun; or to the one that was under way, saying so.</summary>
    private static SeeOther ToRun(Connection connection, Run run, bool underWay) =>
        new($"{Paths.OfRun(connection.Id, run.RunId)}?live=1" + (underWay ? $"&done={DoneWords.UnderWay}" : ""));

    /// <returns>Null where the run compared nothing, or has not come to its end.</returns>
    private async Task<ComparisonModel?> ComparisonAsync(
        Frame frame,
        Run run,
        int from,
        CancellationToken cancellationToken
    ) =>
        RunReport.Comparison(run) is { } summary
            ? new ComparisonModel(
                frame,
                run,
                summary,
                from,
                await reports.LinesAsync<RecordDifference>(
                    frame.Connection.Id,
                    run.RunId,
                    from,
                    ComparisonModel.Most + 1,
                    cancellationToken
                ),
                await reports.LinesAsync<LeftOutRecord>(
                    frame.Connection.Id,
                    RunReports.LeftOut(run.RunId),
                    0,
                    ComparisonModel.MostLeftOut,
                    cancellationToken
                ),
                await reports.LinesAsync<OnlyAtTargetRecord>(
                    frame.Connection.Id,
                    RunReports.OnlyAtTarget(run.RunId),
                    0,
                    ComparisonModel.MostLeftOut,
                    cancellationToken
                )
            )
            : null;

    private static DateOnly? Day(string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
        : throw RefusedException.Invalid("since", "That is no date: give one such as 2026-01-31.");
}

/// <summary>What the page of comparisons shows.</summary>
/// <param name="Frame">The connection.</param>
/// <param name="Running">The comparison that is under way.</param>
/// <param name="Last">The last one that came to its end.</param>
/// <param name="Before">The last comparisons, newest first.</param>
/// <param name="FailedSince">A comparison that failed after the last one; null where none has.</param>
public sealed record ReconcileModel(
    Frame Frame,
    Run? Running,
    ComparisonModel? Last,
    Run? FailedSince,
    IReadOnlyList<Run> Before
);

/// <summary>What is shown of a comparison.</summary>
/// <param name="Frame">The connection.</param>
/// <param name="Run">Its run.</param>
/// <param name="Summary">What it found.</param>
/// <param name="From">How many differences come before those that are shown.</param>
/// <param name="Differences">Some of its differences, with one more than are shown where there are more.</param>
/// <param name="LeftOut">The first of those that it left out.</param>
public sealed record ComparisonModel(
    Frame Frame,
    Run Run,
    ReconcileSummary Summary,
    int From,
    IReadOnlyList<RecordDifference> Differences,
    IReadOnlyList<LeftOutRecord> LeftOut,
    IReadOnlyList<OnlyAtTargetRecord> Only
)
{
    /// <summary>How many differences a page shows; a record may have several.</summary>
    public const int Most = 30;

    public const int MostLeftOut = 20;

    /// <summary>Those that a page shows.</summary>
    public IEnumerable<RecordDifference> Shown => Differences.Take(Most);

    public bool HasFurther => Differences.Count > Most;

    public string Here => Frame.Of(Run);

    /// <summary>All of it, for a spreadsheet.</summary>
    public string Report => $"{Here}/report?format=csv";

    public string FlowOf(string flow) => PlainWords.Flow(Frame.App, flow);

    /// <summary>Whether the app is the source of the flow's records, and Intacct the target.</summary>
    public bool IsOfApp(string flow) =>
        PlainWords.Known(Frame.App, flow) is not { } name || RecordWords.Source(Frame.App, name) == Frame.App.Title;
}

/// <summary>What the page of a run shows.</summary>
public sealed record RunModel(
    Frame Frame,
    Run Run,
    PreviewCounts? Preview,
    IReadOnlyList<PreviewedRecord> Previewed,
    ComparisonModel? Comparison
);
