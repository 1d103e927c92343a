using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;

namespace IntacctSync.Web.Operations;

/// <summary>A run as the API shows it.</summary>
/// <param name="RunId">By which it is read and cancelled.</param>
/// <param name="Kind">poll, backfill, preview, reconcile or rebuild.</param>
/// <param name="Flow">Null for a run of all flows.</param>
/// <param name="State">How it stands.</param>
/// <param name="Found">How many records were found.</param>
/// <param name="Done">How many of them are worked off.</param>
/// <param name="Failed">How many failed; of a comparison, how many differ.</param>
/// <param name="Left">How many are still to be worked off, as far as its source tells; null where that is not
/// known.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it has not.</param>
/// <param name="Report">What it found; or why it failed, as the text <c>message</c>.</param>
internal sealed record RunView(
    string RunId,
    string Kind,
    string? Flow,
    RunState State,
    int Found,
    int Done,
    int Failed,
    long? Left,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonObject? Report = null
)
{
    public static RunView Of(Run run) =>
        new(
            run.RunId,
            run.Kind,
            run.Flow?.Value,
            run.State,
            run.Found,
            run.Done,
            run.Failed,
            run.Left,
            run.StartedAt,
            run.EndedAt,
            ReportOf(run)
        );

    /// <summary>The run by itself: the report of a preview has its records, too.</summary>
    public static async Task<RunView> WithRecordsAsync(
        Run run,
        RunReports reports,
        ConnectionId connection,
        CancellationToken cancellationToken
    )
    {
        var view = Of(run);
        if (run.Kind != RunKinds.Preview || view.Report is not { } report || report["counts"] is null)
            return view;
        foreach (var kind in (string[])["create", "adopt", "change", "skip", "ask", "wait", "failed"])
            report[kind] = new JsonArray();
        await foreach (var line in reports.ReadAsync(connection, run.RunId, cancellationToken))
        {
            var record = JsonNode.Parse(line)!.AsObject();
            var kind = record["kind"]!.ToString();
            record.Remove("kind");
            (report[kind] as JsonArray)?.Add(record);
        }

        return view;
    }

    private static JsonObject? ReportOf(Run run)
    {
        if (run.Report is not { } text)
            return null;
        try
        {
            if (text.StartsWith('{'))
                return JsonNode.Parse(text)!.AsObject();
        }
        catch (JsonException)
        {
            // It is no JSON after all, so it is shown as a text.
        }

        return new JsonObject { ["message"] = text };
    }
}

/// <summary>A run that has begun.</summary>
/// <param name="RunId">By which it is read and cancelled.</param>
internal sealed record RunStarted(string RunId);
