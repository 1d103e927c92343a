using System.Text.Json;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Review;

/// <summary>
/// Compares both sides of a connection, flow by flow, and changes nothing on either. Each page is read under a lease of
/// the company, so that live changes pass between two.
/// </summary>
public sealed class Reconciliation(
    AppCatalog apps,
    ConnectionAccessSource access,
    KeyMapStore keyMap,
    LeasedReading turn,
    LongRuns runs,
    RunStore stored,
    RunReports reports,
    NoticeStore notices
)
{
    /// <summary>How many differences a letter names.</summary>
    private const int Named = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="connection">Whose records.</param>
    /// <param name="since">The first day; null for no beginning.</param>
    /// <param name="until">The last day; null for no end.</param>
    /// <param name="flows">Only these; null for all that are on.</param>
    /// <param name="tells">Whether people are told by mail of what differs and was not told before.</param>
    /// <param name="cancellationToken">Stops the beginning.</param>
    /// <returns>The run; or the one that is under way, and true.</returns>
    public Task<(Run Run, bool UnderWay)> StartAsync(
        Connection connection,
        DateOnly? since,
        DateOnly? until,
        IReadOnlyCollection<FlowName>? flows,
        bool tells,
        CancellationToken cancellationToken
    ) =>
        runs.StartAsync(
            connection.Id,
            RunKinds.Reconcile,
            flows is { Count: 1 } ? flows.First() : null,
            (progress, token) =>
                RunGuard.TellingAsync(() => RunAsync(connection, since, until, flows, tells, progress, token)),
            cancellationToken
        );

    private async Task<string> RunAsync(
        Connection connection,
        DateOnly? since,
        DateOnly? until,
        IReadOnlyCollection<FlowName>? flows,
        bool tells,
        RunProgress progress,
        CancellationToken cancellationToken
    )
    {
        using var purpose = TransactionPurpose.Enter(TransactionPurpose.Reconcile);
        var scope = new ComparedScope(connection, await access.GetAsync(connection, cancellationToken), since, until);
        var (counts, sums, pieces) = (new List<FlowComparisonCounts>(), new List<ComparedSum>(), 0);
        var (first, news) = (new List<RecordDifference>(), new Dictionary<string, int>(StringComparer.Ordinal));
        if (WhyNot(connection, flows) is { } why)
            throw new RunFailedException(why);
        var untold = tells
            ? await UntoldDifferences.ReadAsync(stored, reports, connection.Id, cancellationToken)
            : null;
        var (left, limits) = (0, new LimitPatience(progress.WaitAsync));
        foreach (var comparison in Wanted(connection, flows))
        {
            var reconciler = new FlowReconciler(
                comparison,
                scope,
                NamesOf(connection, comparison.Flow),
                keyMap,
                read => turn.PatientlyAsync(connection.Company, Patience, limits, read, cancellationToken),
                (read, differ) =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return progress.AddAsync(read, read, differ);
                }
            );
            await reconciler.RunAsync(
                async differences =>
                {
                    var told = untold?.Among(differences).ToList() ?? [];
                    first.AddRange(told.Take(Named - first.Count));
                    var flow = comparison.Flow.Value;
                    news[flow] =
                        news.GetValueOrDefault(flow)
                        + told.Select(d => d.SourceId).Distinct(StringComparer.Ordinal).Count();
                    pieces = await reports.AddAsync(
                        connection.Id,
                        progress.RunId,
                        pieces,
                        differences.Select(d => JsonSerializer.Serialize(d, PreviewReport.Json)),
                        cancellationToken
                    );
                },
                cancellationToken
            );
            left = await reports.AddAsync(
                connection.Id,
                RunReports.LeftOut(progress.RunId),
                left,
                reconciler.LeftOut.Select(r => JsonSerializer.Serialize(r, PreviewReport.Json)),
                cancellationToken
            );
            counts.Add(reconciler.Counts);
            sums.AddRange(reconciler.Sums);
        }

        var summary = Summary(since, until, counts, sums) with { Untold = tells ? news.Values.Sum() : null };
        if (summary.Untold > 0)
            await TellAsync(connection, summary, news, first, cancellationToken);
        return Fitting(summary);
    }

    /// <summary>
    /// Why flows can't be compared: one of them is off, or there is none. Null where they can. That nothing was looked
    /// at must not read as that nothing differs.
    /// </summary>
    public string? WhyNot(Connection connection, IReadOnlyCollection<FlowName>? flows)
    {
        foreach (var flow in flows ?? [])
        {
            if (!connection.Settings.Syncs(flow))
                return $"The flow {flow} is off in the connection '{connection.Id}': switch it on in its document "
                    + "first.";
            if (apps.Of(connection).Comparisons.All(c => c.Flow != flow))
                return $"The flow {flow} can't be compared.";
        }

        return Wanted(connection, flows).Any()
            ? null
            : $"No flow is on in the connection '{connection.Id}', so there is nothing to compare.";
    }

    private IEnumerable<IFlowComparison> Wanted(Connection connection, IReadOnlyCollection<FlowName>? flows) =>
        apps.Of(connection)
            .Comparisons.Where(c => connection.Settings.Syncs(c.Flow) && (flows is null || flows.Contains(c.Flow)));

    internal static Names NamesOf(Connection connection, FlowName flow)
    {
        var app = connection.Settings.Profile.Title;
        var source = connection.Settings.Profile.Flows.First(f => f.Name == flow).Source;
        return source == FlowSource.App ? new Names(app, "Intacct") : new Names("Intacct", app);
    }

    private static ReconcileSummary Summary(
        DateOnly? since,
        DateOnly? until,
        List<FlowComparisonCounts> counts,
        List<ComparedSum> sums
    )
    {
        var differ = counts.Sum(c => c.Differ);
        return new ReconcileSummary(
            since,
            until,
            differ == 0,
            differ,
            counts,
            [
                .. sums.OrderBy(s => s.IsEqual)
                    .ThenBy(s => s.Flow, StringComparer.Ordinal)
                    .ThenBy(s => s.Day)
                    .ThenBy(s => s.Currency, StringComparer.Ordinal),
            ],
            0
        );
    }

    /// <summary>As JSON, with so many of the sums as a property of the store has room for.</summary>
    private static string Fitting(ReconcileSummary summary)
    {
        for (var kept = summary.Sums.Count; ; kept = kept * 3 / 4)
        {
            var json = JsonSerializer.Serialize(
                summary with
                {
                    Sums = [.. summary.Sums.Take(kept)],
                    SumsLeftOut = summary.Sums.Count - kept,
                },
                PreviewReport.Json
            );
            if (json.Length <= TableLimits.TextCharacters || kept == 0)
                return json;
        }
    }

    /// <summary>Such as INV-2001 (invoices), due date.</summary>
    private static string InWords(Connection connection, RecordDifference difference) =>
        (difference.Title is { Length: > 0 } title ? title : "one without a name")
        + (
            FlowName.TryParse(difference.Flow, out var flow)
                ? $" ({PlainWords.Flow(connection.Settings.Profile, flow).ToLowerInvariant()})"
                : ""
        )
        + (difference.Field is { } field ? $", {PlainWords.Field(field)}" : "");

    /// <summary>Such as 3 invoices.</summary>
    private static string InWords(Connection connection, string flow, int count) =>
        FlowName.TryParse(flow, out var name)
            ? $"{count} {PlainWords.Flow(connection.Settings.Profile, name).ToLowerInvariant()}"
            : $"{count} {flow}";

    private Task TellAsync(
        Connection connection,
        ReconcileSummary summary,
        Dictionary<string, int> news,
        IReadOnlyList<RecordDifference> first,
        CancellationToken cancellationToken
    )
    {
        var others = summary.Differences - summary.Untold;
        return notices.AddFeedAsync(
            connection.Id,
            RunKinds.Reconcile,
            new Problem(
                "reconcile-differences",
                (
                    summary.Untold == 1
                        ? "The comparison of both sides found one record that differs. "
                        : $"The comparison of both sides found {summary.Untold} records that differ: "
                            + string.Join(
                                ", ",
                                news.Where(n => n.Value > 0).Select(n => InWords(connection, n.Key, n.Value))
                            )
                            + ". Among them: "
                )
                    + string.Join("; ", first.Select(d => InWords(connection, d)))
                    + (
                        others > 0
                            ? $". Beside what is new, {others} more differ: these wait, need a person, stay as they "
                                + "were adopted, or were told before."
                            : ""
                    ),
                "Look at the report of the comparison: it names each record, why it differs and what would mend it."
            ),
            cancellationToken
        );
    }
}
