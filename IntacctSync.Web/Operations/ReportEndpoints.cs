using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>The report of a comparison, as JSON or as lines for a spreadsheet, written as it is read.</summary>
internal sealed class ReportEndpoints(ConnectionStore connections, RunStore runs, RunReports reports)
{
    private static readonly string[] Columns =
    [
        "flow",
        "sourceId",
        "title",
        "targetId",
        "date",
        "field",
        "source",
        "target",
        "cause",
        "why",
        "repair",
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
        return http.Request.Query["format"].ToString() switch
        {
            "" or "json" => TypedResults.Stream(
                body => WriteJsonAsync(body, connection.Id, run, cancellationToken),
                "application/json"
            ),
            "csv" => TypedResults.Stream(
                body => WriteCsvAsync(body, connection.Id, run, cancellationToken),
                "text/csv; charset=utf-8",
                FileName(connection.Id, run)
            ),
            var other => Problems.Invalid("format", $"format is '{other}'; give json or csv."),
        };
    }

    private async Task WriteJsonAsync(Stream body, ConnectionId id, Run run, CancellationToken cancellationToken)
    {
        await using var writer = Writer(body);
        var summary = JsonNode.Parse(run.Report ?? "{}")!.AsObject();
        summary["runId"] = run.RunId;
        var head = summary.ToJsonString(Json.Options);
        await writer.WriteAsync(head.AsMemory(0, head.Length - 1), cancellationToken);
        await writer.WriteAsync(",\"records\":[".AsMemory(), cancellationToken);
        var first = true;
        await foreach (var line in reports.ReadAsync(id, run.RunId, cancellationToken))
        {
            if (!first)
                await writer.WriteAsync(",".AsMemory(), cancellationToken);
            first = false;
            await writer.WriteAsync(line.AsMemory(), cancellationToken);
        }

        await writer.WriteAsync("]}".AsMemory(), cancellationToken);
    }

    private async Task WriteCsvAsync(Stream body, ConnectionId id, Run run, CancellationToken cancellationToken)
    {
        // A spreadsheet takes the letters for UTF-8 only where the mark of it stands first.
        await using var writer = new StreamWriter(body, new UTF8Encoding(true), leaveOpen: true);
        await writer.WriteAsync((string.Join(',', Columns) + "\r\n").AsMemory(), cancellationToken);
        await foreach (var line in reports.ReadAsync(id, run.RunId, cancellationToken))
        {
            var difference = JsonNode.Parse(line)!.AsObject();
            var row = string.Join(',', Columns.Select(column => Cell.Of(difference[column]?.ToString())));
            await writer.WriteAsync((row + "\r\n").AsMemory(), cancellationToken);
        }
    }

    private static string FileName(ConnectionId id, Run run) =>
        string.Create(CultureInfo.InvariantCulture, $"reconcile-{id}-{run.StartedAt.UtcDateTime:yyyyMMdd-HHmm}.csv");

    private static StreamWriter Writer(Stream body) => new(body, new UTF8Encoding(false), leaveOpen: true);
}

/// <summary>A comparison with every difference that it found.</summary>
/// <param name="RunId">Its run.</param>
/// <param name="Since">The first day; null for no beginning.</param>
/// <param name="Until">The last day; null for no end.</param>
/// <param name="Equal">Whether nothing differs.</param>
/// <param name="Differences">How many records differ.</param>
/// <param name="Flows">The counts of each flow.</param>
/// <param name="Sums">By flow, day and currency.</param>
/// <param name="SumsLeftOut">How many days are left out of these; they are equal.</param>
/// <param name="Records">Each difference, field by field.</param>
internal sealed record ReconcileReport(
    string RunId,
    DateOnly? Since,
    DateOnly? Until,
    bool Equal,
    int Differences,
    IReadOnlyList<FlowComparisonCounts> Flows,
    IReadOnlyList<ComparedSum> Sums,
    int SumsLeftOut,
    IReadOnlyList<RecordDifference> Records
);
