using System.Text.Json;
using System.Text.Json.Serialization;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Review;

/// <summary>
/// Rehearses a whole sync: every flow that is on, parents first, chunk by chunk. What it would make is made in its own
/// copy of the key map only, so that children find their parents there.
/// </summary>
public sealed class Preview(
    AppCatalog apps,
    ConnectionAccessSource access,
    LeasedReading turn,
    OpenRehearsal open,
    LongRuns runs,
    RunReports reports
)
{
    private const int Chunk = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Only this one; null for all that are on.</param>
    /// <param name="since">Records that changed since then; null for all.</param>
    /// <param name="requested">Whether records dated before the connection's start are looked at, too.</param>
    /// <param name="cancellationToken">Stops the beginning.</param>
    /// <returns>The run; or the one that is under way, and true.</returns>
    public Task<(Run Run, bool UnderWay)> StartAsync(
        Connection connection,
        FlowName? flow,
        DateTimeOffset? since,
        bool requested,
        CancellationToken cancellationToken
    ) =>
        runs.StartAsync(
            connection.Id,
            RunKinds.Preview,
            flow,
            RunReach.Of(since, requested),
            (progress, token) =>
                RunGuard.TellingAsync(() => RunAsync(connection, flow, since, requested, progress, token)),
            cancellationToken
        );

    private async Task<string> RunAsync(
        Connection connection,
        FlowName? only,
        DateTimeOffset? since,
        bool requested,
        RunProgress progress,
        CancellationToken cancellationToken
    )
    {
        using var purpose = TransactionPurpose.Enter(RunKinds.Preview);
        var given = await access.GetAsync(connection, cancellationToken);
        var report = new PreviewReport();
        await using var road = open();
        var flows = connection
            .Settings.Profile.Flows.Select(f => f.Name)
            .Where(f => connection.Settings.Syncs(f) && (only is null || f == only))
            .ToList();
        foreach (var flow in flows)
        {
            var feed = apps.FeedOf(connection, flow);
            var bookmark = feed.Begin(since);
            while (bookmark is not null)
            {
                var chunk = await turn.WithAsync(
                    connection.Company,
                    Patience,
                    async () =>
                    {
                        var seen = await feed.ReadAsync(connection, given, bookmark, Chunk, cancellationToken);
                        var ids = seen.Seen.Select(s => s.Uid).Distinct(StringComparer.Ordinal).ToList();
                        var ends = await road.RunAsync(connection, given, flow, ids, requested, cancellationToken);
                        return (seen.Next, seen.Ahead, Ends: ends);
                    },
                    cancellationToken
                );
                foreach (var end in chunk.Ends)
                    report.Add(flow, end, RehearsalVerdict.Of(end, connection.Settings.Profile.Title));

                // How many the flows behind this one have is not known yet.
                await progress.AddAsync(
                    chunk.Ends.Count,
                    chunk.Ends.Count,
                    ahead: flow == flows[^1] ? chunk.Ahead : null
                );
                bookmark = chunk.Next;
            }
        }

        await reports.AddAsync(connection.Id, progress.RunId, 0, report.Lines(), cancellationToken);
        return report.WriteCounts();
    }
}

/// <summary>What a sync would do, counted, with the first of each kind.</summary>
internal sealed class PreviewReport
{
    /// <summary>How many of each kind are listed.</summary>
    private const int Most = 100;

    internal static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly Dictionary<RehearsedKind, int> _counts = Enum.GetValues<RehearsedKind>()
        .ToDictionary(k => k, _ => 0);
    private readonly OrderedDictionary<string, Dictionary<RehearsedKind, int>> _flows = [];
    private readonly Dictionary<RehearsedKind, List<PreviewedRecord>> _first = [];

    public void Add(FlowName flow, RehearsedRecord end, RehearsalVerdict verdict)
    {
        _counts[verdict.Kind]++;
        if (!_flows.TryGetValue(flow.Value, out var ofFlow))
            _flows[flow.Value] = ofFlow = Enum.GetValues<RehearsedKind>().ToDictionary(k => k, _ => 0);
        ofFlow[verdict.Kind]++;
        if (verdict.Kind is RehearsedKind.Equal)
            return;
        if (!_first.TryGetValue(verdict.Kind, out var first))
            _first[verdict.Kind] = first = [];
        if (first.Count < Most)
            first.Add(
                new PreviewedRecord(
                    verdict.Kind,
                    flow.Value,
                    end.Before.Key.SourceId,
                    end.After.Title ?? end.Before.Title,
                    WholeCharacters.Cut(verdict.Why, 300),
                    verdict.Fix is { } fix ? WholeCharacters.Cut(fix, 300) : null
                )
            );
    }

    /// <summary>The records, a line of JSON each.</summary>
    public IEnumerable<string> Lines() =>
        _first.OrderBy(k => k.Key).SelectMany(k => k.Value).Select(record => JsonSerializer.Serialize(record, Json));

    /// <summary>Without the records.</summary>
    public string WriteCounts() =>
        JsonSerializer.Serialize(
            new { counts = Named(_counts), flows = _flows.Select(f => new { flow = f.Key, counts = Named(f.Value) }) },
            Json
        );

    private static Dictionary<string, int> Named(Dictionary<RehearsedKind, int> counts) =>
        counts.ToDictionary(
            c => JsonNamingPolicy.CamelCase.ConvertName(c.Key.ToString()),
            c => c.Value,
            StringComparer.Ordinal
        );
}

/// <summary>A record of a preview.</summary>
/// <param name="Kind">What a sync would do with it.</param>
/// <param name="Flow">Its flow.</param>
/// <param name="SourceId">Its id at its source.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Why">Why.</param>
/// <param name="Fix">What a person must do first; null where nothing.</param>
public sealed record PreviewedRecord(
    RehearsedKind Kind,
    string Flow,
    string SourceId,
    string? Title,
    string Why,
    string? Fix
);

/// <summary>Says in words why a run can't go on.</summary>
internal static class RunGuard
{
    public static async Task<string> TellingAsync(Func<Task<string>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException or RunFailedException))
        {
            throw new RunFailedException(
                e is CompanyBusyException
                    ? e.Message
                    : $"{Recoverability.Failures.Of(e).Problem.Message} {Recoverability.Failures.Of(e).Problem.Fix}",
                e
            );
        }
    }
}
