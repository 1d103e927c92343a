using System.Text.Json;
using System.Text.Json.Serialization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;

namespace IntacctSync.Web.Console.Runs;

/// <summary>What a run found, read back from its row and its lines.</summary>
internal static class RunReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static PreviewCounts? Preview(Run run) => Read<PreviewCounts>(run, RunKinds.Preview);

    public static ReconcileSummary? Comparison(Run run) =>
        Read<ReconcileSummary>(run, RunKinds.Reconcile) is { Flows: not null, Sums: not null } summary ? summary : null;

    /// <summary>What a comparison that is done has found, in a sentence.</summary>
    public static string Found(Run run) =>
        Comparison(run) is { } summary ? ComparisonWords.Of(summary) : ComparisonWords.Of(run.Failed, []);

    /// <summary>Why it failed; null where it did not.</summary>
    public static string? Failure(Run run) =>
        run.State != RunState.Failed ? null : Preview(run)?.Message ?? run.Report ?? "It failed, and the log says why.";

    /// <summary>Some lines of a list that a run keeps.</summary>
    /// <typeparam name="T">What each line is.</typeparam>
    /// <param name="reports">Where lists are kept.</param>
    /// <param name="connection">Whose run.</param>
    /// <param name="list">Its id, or that of a list beside it, such as <see cref="RunReports.LeftOut"/>.</param>
    /// <param name="from">How many lines come before those that are read.</param>
    /// <param name="most">How many are read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<IReadOnlyList<T>> LinesAsync<T>(
        this RunReports reports,
        ConnectionId connection,
        string list,
        int from,
        int most,
        CancellationToken cancellationToken
    )
    {
        var (lines, at) = (new List<T>(), 0);
        await foreach (var line in reports.ReadAsync(connection, list, cancellationToken))
        {
            if (lines.Count == most)
                break;
            if (at++ >= from && JsonSerializer.Deserialize<T>(line, Options) is { } read)
                lines.Add(read);
        }

        return lines;
    }

    private static T? Read<T>(Run run, string kind)
        where T : class
    {
        if (run.Kind != kind || run.Report is not { } text || !text.StartsWith('{'))
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
