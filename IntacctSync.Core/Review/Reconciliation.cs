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
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="connection">Whose records.</param>
    /// <param name="since">The first day; null for no beginning.</param>
    /// <param name="until">The last day; null for no end.</param>
    /// <param name="flows">Only these; null for all that are on.</param>
    /// <param name="tells">Whether it is one at night: people are told by mail of what differs and was not told
    /// before.</param>
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
            RunReach.OfDays(since, until, flows, tells),
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
        var (counts, sums) = (new List<FlowComparisonCounts>(), new List<ComparedSum>());
        var (first, news) = (new List<RecordDifference>(), new Dictionary<string, int>(StringComparer.Ordinal));
        if (WhyNot(connection, flows) is { } why)
            throw new RunFailedException(why) { Code = "not-compared" };
        var untold = tells
            ? await UntoldDifferences.ReadAsync(stored, reports, notices, connection.Id, cancellationToken)
            : null;
        var found = new ReportList(reports, progress, progress.RunId);
        var leftOut = new ReportList(reports, progress, RunReports.LeftOut(progress.RunId));
        var only = new ReportList(reports, progress, RunReports.OnlyAtTarget(progress.RunId));
        var limits = new LimitPatience(progress.WaitAsync);
        foreach (var comparison in Wanted(connection, flows))
        {
            var reconciler = new FlowReconciler(
                comparison,
                scope,
                NamesOf(connection, comparison.Flow),
                keyMap,
                read => turn.PatientlyAsync(connection.Company, Patience, limits, read, cancellationToken),
                (compared, differ) =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return progress.AddAsync(compared, compared, differ);
                }
            );
            await reconciler.RunAsync(
                async differences =>
                {
                    var told = untold?.Among(differences) ?? [];
                    first.AddRange(told.Take(NightlyLetter.Named - first.Count));
                    var flow = comparison.Flow.Value;
                    news[flow] =
                        news.GetValueOrDefault(flow)
                        + told.Select(d => d.SourceId).Distinct(StringComparer.Ordinal).Count();
                    await found.AddAsync(differences, cancellationToken);
                },
                cancellationToken
            );
            await leftOut.AddAsync(reconciler.LeftOut, cancellationToken);
            await only.AddAsync(reconciler.OnlyAtTarget, cancellationToken);
            counts.Add(reconciler.Counts);
            sums.AddRange(reconciler.Sums);
        }

        var summary = Summary(since, until, counts, sums) with { Untold = tells ? news.Values.Sum() : null };
        await new ReportList(reports, progress, RunReports.Sums(progress.RunId)).AddAsync(
            summary.Sums,
            cancellationToken
        );
        if (untold is not null)
            await new ReportList(reports, progress, RunReports.Told(progress.RunId)).AddAsync(
                untold.Still,
                cancellationToken
            );
        if (tells)
            await notices.WithdrawAsync(connection.Id, NightlyLetter.Failed, cancellationToken);
        if (summary.Untold > 0)
            await notices.AddFeedAsync(
                connection.Id,
                RunKinds.Reconcile,
                NightlyLetter.OfNews(connection.Settings.Profile, summary, news, first),
                progress.RunId,
                cancellationToken
            );
        else if (tells)
            await notices.WithdrawAsync(connection.Id, NightlyLetter.Differences, cancellationToken);
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
            0,
            SumsDiffer: sums.Count(s => !s.IsEqual)
        );
    }

    /// <summary>
    /// As JSON, with so many of the sums as a property of the store has room for; the report has all.
    /// </summary>
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
}
