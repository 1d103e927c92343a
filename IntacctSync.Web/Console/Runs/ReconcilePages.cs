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
    private const int Shown = 100;
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
                last,
                last is null ? null : RunReport.Comparison(last),
                last is null ? [] : await DifferencesAsync(frame, last, cancellationToken),
                last is null ? [] : await LeftOutAsync(frame, last, cancellationToken),
                [.. compared.Take(Before)]
            )
        );
    }

    public async Task<IResult> RunAsync(string id, string runId, CancellationToken cancellationToken)
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var run =
            await runs.GetAsync(frame.Connection.Id, runId, cancellationToken)
            ?? throw RefusedException.NotFound("The connection has no such run.");
        var (counts, comparison) = (RunReport.Preview(run), RunReport.Comparison(run));
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
                        run,
                        int.MaxValue,
                        cancellationToken
                    ),
                comparison,
                comparison is null ? [] : await DifferencesAsync(frame, run, cancellationToken),
                comparison is null ? [] : await LeftOutAsync(frame, run, cancellationToken)
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
        var (run, _) = await reconciliation.StartAsync(connection, since, until, null, tells: false, cancellationToken);
        return ToRun(connection, run);
    }

    public async Task<IResult> PreviewAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var form = await Form.ReadAsync(http, cancellationToken);
        var since = form["what"] == "since" ? Day(form["since"]) : null;
        http.Note("nothing is written");
        var (run, _) = await preview.StartAsync(
            connection,
            null,
            since is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null,
            requested: form["what"] != RunPages.First,
            cancellationToken
        );
        return ToRun(connection, run);
    }

    private static SeeOther ToRun(Connection connection, Run run) =>
        new($"{Paths.Of(connection.Id)}/runs/{Uri.EscapeDataString(run.RunId)}?live=1");

    private Task<IReadOnlyList<RecordDifference>> DifferencesAsync(
        Frame frame,
        Run run,
        CancellationToken cancellationToken
    ) => reports.LinesAsync<RecordDifference>(frame.Connection.Id, run, Shown, cancellationToken);

    private Task<IReadOnlyList<LeftOutRecord>> LeftOutAsync(
        Frame frame,
        Run run,
        CancellationToken cancellationToken
    ) =>
        reports.LinesAsync<LeftOutRecord>(
            frame.Connection.Id,
            run with
            {
                RunId = RunReports.LeftOut(run.RunId),
            },
            Shown,
            cancellationToken
        );

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
/// <param name="Summary">What it found.</param>
/// <param name="Differences">Its first differences.</param>
/// <param name="LeftOut">The first of those that it left out.</param>
/// <param name="Before">The last comparisons, newest first.</param>
public sealed record ReconcileModel(
    Frame Frame,
    Run? Running,
    Run? Last,
    ReconcileSummary? Summary,
    IReadOnlyList<RecordDifference> Differences,
    IReadOnlyList<LeftOutRecord> LeftOut,
    IReadOnlyList<Run> Before
);

/// <summary>What the page of a run shows.</summary>
public sealed record RunModel(
    Frame Frame,
    Run Run,
    PreviewCounts? Preview,
    IReadOnlyList<PreviewedRecord> Previewed,
    ReconcileSummary? Comparison,
    IReadOnlyList<RecordDifference> Differences,
    IReadOnlyList<LeftOutRecord> LeftOut
);
