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
        List<FlowName> flows =
        [
            .. connection
                .Settings.Profile.Flows.Select(f => f.Name)
                .Where(f => connection.Settings.Syncs(f) && (only is null || f == only)),
        ];
        var report = new PreviewReport(flows);
        await using var road = open();
        var pass = new Pass(connection, given, road, requested, new LimitPatience(progress.WaitAsync));
        foreach (var flow in flows)
        {
            try
            {
                // How many the flows behind this one have is not known yet.
                await RunAsync(pass, flow, since, tellsAhead: flow == flows[^1], report, progress, cancellationToken);
            }
            catch (Exception e) when (RunGuard.IsToTell(e))
            {
                var why = RunGuard.TextOf(e);
                report.BreakOff(flow, PlainWords.Flow(connection.Settings.Profile, flow).ToLowerInvariant(), why);
                await reports.AddAsync(connection.Id, progress.RunId, 0, report.Lines(), cancellationToken);
                throw new RunFailedException(why, e) { Report = report.WriteCounts(why), Code = RunGuard.CodeOf(e) };
            }
        }

        await reports.AddAsync(connection.Id, progress.RunId, 0, report.Lines(), cancellationToken);
        return report.WriteCounts();
    }

    private async Task RunAsync(
        Pass pass,
        FlowName flow,
        DateTimeOffset? since,
        bool tellsAhead,
        PreviewReport report,
        RunProgress progress,
        CancellationToken cancellationToken
    )
    {
        var connection = pass.Connection;
        var feed = apps.FeedOf(connection, flow);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var bookmark = feed.Begin(since);
        while (bookmark is { } at)
        {
            var chunk = await turn.PatientlyAsync(
                connection.Company,
                Patience,
                pass.Limits,
                () => feed.ReadAsync(connection, pass.Access, at, Chunk, cancellationToken),
                cancellationToken
            );

            // A list that moves while it is read may show a record twice.
            List<string> ids = [.. chunk.Seen.Select(s => s.Uid).Where(seen.Add)];
            var ends = await RehearseAsync(pass, flow, ids, cancellationToken);
            foreach (var end in ends)
                report.Add(flow, end, RehearsalVerdict.Of(end, connection.Settings.Profile.Title));
            await progress.AddAsync(ends.Count, ends.Count, ahead: tellsAhead ? chunk.Ahead : null);
            bookmark = chunk.Next;
        }
    }

    /// <summary>
    /// Those of which a system takes no calls for the moment are rehearsed again after the pause that it asks for. The
    /// company's lease is free meanwhile, so that the sync goes on.
    /// </summary>
    private async Task<IReadOnlyCollection<RehearsedRecord>> RehearseAsync(
        Pass pass,
        FlowName flow,
        List<string> ids,
        CancellationToken cancellationToken
    )
    {
        var ends = new OrderedDictionary<string, RehearsedRecord>(StringComparer.Ordinal);
        for (var (open, again) = (ids, false); ; again = true)
        {
            var asked = open;
            var some = await turn.WithAsync(
                pass.Connection.Company,
                Patience,
                () => pass.Road.RunAsync(pass.Connection, pass.Access, flow, asked, pass.Requested, cancellationToken),
                cancellationToken
            );
            foreach (var end in some)
                ends[end.Before.Key.SourceId] = end;
            var refused = some.Where(e => e.Failure is { NotNow: true }).ToList();
            if (refused.Count == 0 || (again && refused.Count < some.Count))
                pass.Limits.WentOn();
            if (refused.Count == 0 || pass.Limits.Next(refused.Max(e => e.Failure!.RetryAfter)) is not { } pause)
                return ends.Values;
            await pass.Limits.WaitAsync(pause, cancellationToken);
            open = [.. refused.Select(e => e.Before.Key.SourceId)];
        }
    }

    /// <summary>One rehearsal of all flows.</summary>
    private sealed record Pass(
        Connection Connection,
        ConnectionAccess Access,
        RehearsedRoad Road,
        bool Requested,
        LimitPatience Limits
    );
}
