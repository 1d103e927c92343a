using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console.Runs;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>The report of a comparison, as JSON or as lines for a spreadsheet, written as it is read.</summary>
internal sealed class ReportEndpoints(ConnectionStore connections, RunStore runs, RunReports reports)
{
    /// <summary>In the order in which the report has them behind its counts.</summary>
    private static readonly ReportPart[] Parts =
    [
        new(
            "sums",
            "sums",
            "sums-",
            RunReports.Sums,
            ["flow", "day", "currency", "sourceCount", "sourceSum", "targetCount", "targetSum", "isEqual"]
        ),
        new(
            "differences",
            "records",
            "",
            static runId => runId,
            ["flow", "sourceId", "title", "targetId", "date", "field", "source", "target", "cause", "why", "repair"]
        ),
        new("leftOut", "leftOut", "left-out-", RunReports.LeftOut, ["flow", "sourceId", "title", "date", "why"]),
        new(
            "onlyAtTarget",
            "onlyAtTarget",
            "only-at-target-",
            RunReports.OnlyAtTarget,
            ["flow", "targetId", "title", "date", "amount", "currency"]
        ),
    ];

    public async Task<IResult> GetAsync(HttpContext http, string id, string runId, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var run = await runs.GetAsync(connection.Id, runId, cancellationToken);
        if (run is not { Kind: RunKinds.Reconcile, State: RunState.Done })
            throw RefusedException.NotFound(
                run is { Kind: RunKinds.Reconcile }
                    ? $"The comparison is {JsonNamingPolicy.CamelCase.ConvertName(run.State.ToString())}, and has no "
                        + "report."
                    : "The connection has no such run with a report."
            );
        var of = http.Request.Query["of"].ToString();
        if (Array.Find(Parts, p => p.Name == (of.Length == 0 ? "differences" : of)) is not { } part)
            return Problems.Invalid("of", $"of is '{of}'; give differences, leftOut, onlyAtTarget or sums.");
        return http.Request.Query["format"].ToString() switch
        {
            "" or "json" => TypedResults.Stream(
                body => WriteJsonAsync(body, connection.Id, run, cancellationToken),
                "application/json"
            ),
            "csv" => TypedResults.Stream(
                body =>
                    WriteCsvAsync(
                        body,
                        part.Columns,
                        reports.ReadAsync(connection.Id, part.ListOf(run.RunId), cancellationToken),
                        CutLines(run, of),
                        cancellationToken
                    ),
                "text/csv; charset=utf-8",
                part.Prefix + FileName(connection.Id, run)
            ),
            var other => Problems.Invalid("format", $"format is '{other}'; give json or csv."),
        };
    }

    private async Task WriteJsonAsync(Stream body, ConnectionId id, Run run, CancellationToken cancellationToken)
    {
        await using var writer = Writer(body);
        var summary = JsonNode.Parse(run.Report ?? "{}")!.AsObject();
        summary["runId"] = run.RunId;

        // Its row has room for some of the sums only. One that was stored before they were counted has no others.
        var hasAllSums = summary["sumsDiffer"] is not null;
        if (hasAllSums)
        {
            summary.Remove("sums");
            summary["sumsLeftOut"] = 0;
        }

        var head = summary.ToJsonString(Json.Options);
        await writer.WriteAsync(head.AsMemory(0, head.Length - 1), cancellationToken);
        foreach (var part in Parts.Where(p => p.Name != "sums" || hasAllSums))
        {
            await writer.WriteAsync($",\"{part.Member}\":[".AsMemory(), cancellationToken);
            await WriteLinesAsync(
                writer,
                reports.ReadAsync(id, part.ListOf(run.RunId), cancellationToken),
                cancellationToken
            );
            await writer.WriteAsync("]".AsMemory(), cancellationToken);
        }

        await writer.WriteAsync("}".AsMemory(), cancellationToken);
    }

    private static async Task WriteLinesAsync(
        StreamWriter writer,
        IAsyncEnumerable<string> lines,
        CancellationToken cancellationToken
    )
    {
        var first = true;
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            if (!first)
                await writer.WriteAsync(",".AsMemory(), cancellationToken);
            first = false;
            await writer.WriteAsync(line.AsMemory(), cancellationToken);
        }
    }

    private static async Task WriteCsvAsync(
        Stream body,
        string[] columns,
        IAsyncEnumerable<string> lines,
        IEnumerable<JsonObject> cut,
        CancellationToken cancellationToken
    )
    {
        // A spreadsheet takes the letters for UTF-8 only where the mark of it stands first.
        await using var writer = new StreamWriter(body, new UTF8Encoding(true), leaveOpen: true);
        await writer.WriteAsync((string.Join(',', columns) + "\r\n").AsMemory(), cancellationToken);
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            await WriteRowAsync(JsonNode.Parse(line)!.AsObject());
        }

        foreach (var row in cut)
            await WriteRowAsync(row);

        Task WriteRowAsync(JsonObject record) =>
            writer.WriteAsync(
                (string.Join(',', columns.Select(column => Cell.Of(record[column]?.ToString()))) + "\r\n").AsMemory(),
                cancellationToken
            );
    }

    /// <summary>Where a list does not name all that were counted: how many more there are, and why.</summary>
    private static IEnumerable<JsonObject> CutLines(Run run, string of)
    {
        var flows = RunReport.Comparison(run)?.Flows ?? [];
        return of switch
        {
            "leftOut" => flows.SelectMany(f =>
                (f.LeftOutBecause ?? [])
                    .Where(r => r.Count > ComparisonLimits.Named)
                    .Select(r => Cut(f.Flow, r.Count, r.Why))
            ),
            "onlyAtTarget" => flows
                .Where(f => f.OnlyAtTarget > ComparisonLimits.Named)
                .Select(f => Cut(f.Flow, f.OnlyAtTarget, null)),
            _ => [],
        };
    }

    private static JsonObject Cut(string flow, int count, string? why) =>
        new()
        {
            ["flow"] = flow,
            ["title"] = string.Create(
                CultureInfo.InvariantCulture,
                $"(and {count - ComparisonLimits.Named} more, which are counted and not named)"
            ),
            ["why"] = why,
        };

    private static string FileName(ConnectionId id, Run run) =>
        string.Create(CultureInfo.InvariantCulture, $"reconcile-{id}-{run.StartedAt.UtcDateTime:yyyyMMdd-HHmm}.csv");

    private static StreamWriter Writer(Stream body) => new(body, new UTF8Encoding(false), leaveOpen: true);

    /// <summary>A list of the report.</summary>
    /// <param name="Name">As <c>of</c> asks for it.</param>
    /// <param name="Member">Its member of the JSON.</param>
    /// <param name="Prefix">What the name of its file begins with.</param>
    /// <param name="ListOf">Where a run keeps it.</param>
    /// <param name="Columns">Of its file.</param>
    private sealed record ReportPart(
        string Name,
        string Member,
        string Prefix,
        Func<string, string> ListOf,
        string[] Columns
    );
}

/// <summary>A comparison with every difference that it found.</summary>
/// <param name="RunId">Its run.</param>
/// <param name="Since">The first day; null for no beginning.</param>
/// <param name="Until">The last day; null for no end.</param>
/// <param name="Equal">Whether nothing differs.</param>
/// <param name="Differences">How many records differ.</param>
/// <param name="Flows">The counts of each flow.</param>
/// <param name="Sums">By flow, day and currency.</param>
/// <param name="SumsLeftOut">How many are left out of these; nought, but in what was stored before all were.</param>
/// <param name="Records">Each difference, field by field.</param>
/// <param name="LeftOut">Those that are left out; of each flow and reason the first 200.</param>
/// <param name="OnlyAtTarget">What only the target has; of each flow the first 200.</param>
/// <param name="Untold">Of a comparison at night, how many records its letter tells of; else null.</param>
/// <param name="SumsDiffer">How many of the sums differ.</param>
internal sealed record ReconcileReport(
    string RunId,
    DateOnly? Since,
    DateOnly? Until,
    bool Equal,
    int Differences,
    IReadOnlyList<FlowComparisonCounts> Flows,
    IReadOnlyList<ComparedSum> Sums,
    int SumsLeftOut,
    IReadOnlyList<RecordDifference> Records,
    IReadOnlyList<LeftOutRecord> LeftOut,
    IReadOnlyList<OnlyAtTargetRecord> OnlyAtTarget,
    int? Untold,
    int? SumsDiffer
);
