using System.Globalization;
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
/// <param name="Reach">What it was asked to look at.</param>
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
    RunReachView Reach,
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
            RunReachView.Of(run),
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

/// <summary>What a run was asked to look at.</summary>
/// <param name="Since">What changed since this time; of a comparison the first day. Null for no beginning.</param>
/// <param name="Until">Of a comparison, the last day; null for no end.</param>
/// <param name="Full">Whether it looks at everything, whatever its own date.</param>
/// <param name="First">Whether it looks at everything that the start date lets in, as a first sync does.</param>
/// <param name="Flows">Of a comparison, the flows that it was asked for; null for all that were on.</param>
/// <param name="Nightly">Whether it is a comparison that the settings ask for.</param>
internal sealed record RunReachView(
    string? Since,
    DateOnly? Until,
    bool Full,
    bool First,
    IReadOnlyList<string>? Flows,
    bool Nightly
)
{
    public static RunReachView Of(Run run) =>
        new(
            run.Kind == RunKinds.Reconcile
                ? run.Reach.FirstDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : run.Reach.Since?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
            run.Reach.Until,
            run.Reach is { Full: true, First: false },
            run.Reach is { Full: true, First: true },
            run.Reach.Flows?.Select(f => f.Value).ToList(),
            run.Reach.Nightly
        );
}

/// <summary>A run that has begun.</summary>
/// <param name="RunId">By which it is read and cancelled.</param>
/// <param name="Stop">Why the run waits until a person acts; absent where the connection is at work.</param>
internal sealed record RunStarted(
    string RunId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StopStatus? Stop = null
);
