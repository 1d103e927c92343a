using System.Text.RegularExpressions;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console.Pages;
using IntacctSync.Web.Console.Records;
using IntacctSync.Web.Console.Words;
using IntacctSync.Web.Operations;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Connections;

/// <summary>All connections, one connection, and whether it is at work.</summary>
internal sealed partial class ConnectionPages(
    ConnectionStore connections,
    FrameReader frames,
    CauseReader causes,
    CursorStore cursors,
    RunStore runs,
    ConnectionTimeline timeline,
    TransactionTally tally,
    ActivityTally activity,
    NoticeStore notices,
    AcceptedWebhooks accepted,
    WebhookRefusals refusals,
    PersonRequests requests,
    KeyMapStore keyMap,
    TimeProvider time
)
{
    private const int FewConnections = 10;
    private const int FewCauses = 5;
    private const int FewEvents = 8;
    private const int ShownHours = 24;

    public async Task<IResult> ListAsync(CancellationToken cancellationToken)
    {
        var cards = new List<ConnectionCardModel>();
        var all = await connections.ListAsync(cancellationToken);
        foreach (var connection in all)
        {
            var counted = await frames.CountAsync(connection, cancellationToken);
            var found = await causes.FirstAsync(
                connection,
                all.Count > FewConnections ? 1 : FewCauses,
                cancellationToken
            );
            var used = await tally.ReadAsync(connection.Company, time.GetUtcNow(), cancellationToken);
            cards.Add(
                new ConnectionCardModel(
                    new Frame(connection, FrameReader.NeedsYou(counted)),
                    counted,
                    found,
                    used,
                    BudgetEndpoints.Forecast(used, time.GetUtcNow())
                )
            );
        }

        return PageResult.Of<ConnectionsPage>("Connections", new ConnectionsModel(cards));
    }

    public async Task<IResult> ShowAsync(string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var counted = await frames.CountAsync(connection, cancellationToken);
        var found = await causes.FirstAsync(connection, FewCauses, cancellationToken);
        var flows = new List<FlowLine>();
        var all = await runs.ListAsync(connection.Id, cancellationToken);
        foreach (var flow in connection.Settings.Profile.Flows)
            flows.Add(
                new FlowLine(
                    flow.Name,
                    connection.Settings.Syncs(flow.Name),
                    counted.ByFlow[flow.Name],
                    LastReading
                        .Of(await cursors.GetAsync(connection.Id, flow.Name.Value, cancellationToken), all, flow.Name)
                        .SuccessAt
                )
            );
        var now = time.GetUtcNow();
        var events = await timeline.NewestAsync(connection.Id, FewEvents, cancellationToken);
        return PageResult.Of<ConnectionPage>(
            connection.Id.Value,
            new ConnectionModel(
                new Frame(connection, FrameReader.NeedsYou(counted)),
                counted,
                flows,
                found,
                [.. all.Where(r => r.State == RunState.Running)],
                await NamedAsync(connection.Id, events, cancellationToken),
                await BudgetModel.ReadAsync(tally, connection, now, cancellationToken)
            )
            {
                Activity = await activity.ReadAsync(connection.Id, ShownHours, cancellationToken),
                Compared = LastComparisons.Of(all),
                Mail = await notices.ReadStateAsync(connection.Id, cancellationToken),
                Webhooks = connection.Settings.Profile.Secrets.Webhook is null
                    ? null
                    : new WebhookStatistics(
                        await accepted.LastAsync(connection.Id, cancellationToken),
                        await refusals.TodayAsync(connection.Id, cancellationToken)
                    ),
            }
        );
    }

    /// <summary>The records that entries name by flow and id are named by their titles.</summary>
    private async Task<IReadOnlyList<(DateTimeOffset At, string What, string Detail)>> NamedAsync(
        ConnectionId connection,
        IReadOnlyList<(DateTimeOffset At, string What, string Detail)> events,
        CancellationToken cancellationToken
    )
    {
        var named = new List<(DateTimeOffset, string, string)>();
        foreach (var (at, what, detail) in events)
        {
            var title =
                NamedRecord().Match(detail) is { Success: true } record
                && FlowName.TryParse(record.Groups["flow"].Value, out var flow)
                && await keyMap.GetAsync(new SyncKey(connection, flow, record.Groups["id"].Value), cancellationToken)
                    is { } entry
                    ? detail.Replace(record.Value, Titles.Of(entry), StringComparison.Ordinal)
                    : detail;
            named.Add((at, what, title));
        }

        return named;
    }

    [GeneratedRegex(
        @"(?<flow>[a-z][a-z-]*) (?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex NamedRecord();

    public async Task<IResult> ActivateAsync(string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        if (!await requests.ActivateAsync(connection.Id, cancellationToken))
            throw RouteValues.NoConnection(id);
        if (!connection.Active)
            await timeline.AddAsync(connection.Id, "activated", "Activated by hand.", null, cancellationToken);
        return new SeeOther($"{Paths.Of(connection.Id)}?done={DoneWords.Activated}");
    }

    public async Task<IResult> DeactivateAsync(string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var ended = false;
        await connections.ChangeAsync(
            connection.Id,
            c => (ended = c.Active) ? c with { Active = false, DeactivatedAt = time.GetUtcNow() } : c,
            cancellationToken
        );
        if (ended)
            await timeline.AddAsync(connection.Id, "deactivated", "Deactivated by hand.", null, cancellationToken);
        return new SeeOther($"{Paths.Of(connection.Id)}?done={DoneWords.Deactivated}");
    }
}

/// <summary>What the list of connections shows.</summary>
public sealed record ConnectionsModel(IReadOnlyList<ConnectionCardModel> Cards);

/// <summary>One connection in the list.</summary>
/// <param name="Frame">The connection.</param>
/// <param name="Counted">Its records.</param>
/// <param name="Causes">What needs a person, newest first; not all of it.</param>
/// <param name="Transactions">Of its Intacct company in this month.</param>
/// <param name="Forecast">What the month comes to if it goes on so.</param>
public sealed record ConnectionCardModel(
    Frame Frame,
    CountedRecords Counted,
    IReadOnlyList<CauseView> Causes,
    long Transactions,
    long Forecast
)
{
    public long Allowance => Frame.Connection.Settings.Intacct.MonthlyTransactions;

    public int Of(RecordState state) => Counted.ByFlow.Values.Sum(c => c.Of(state));

    /// <summary>Since when the oldest change waits.</summary>
    public DateTimeOffset? OldestPendingAt => Counted.ByFlow.Values.Min(c => c.OldestPendingAt);
}

/// <summary>What the page of a connection shows.</summary>
public sealed record ConnectionModel(
    Frame Frame,
    CountedRecords Counted,
    IReadOnlyList<FlowLine> Flows,
    IReadOnlyList<CauseView> Causes,
    IReadOnlyList<Run> Running,
    IReadOnlyList<(DateTimeOffset At, string What, string Detail)> Events,
    BudgetModel Budget
)
{
    /// <summary>What it did in the last hours, oldest first.</summary>
    public IReadOnlyList<ActivityHour> Activity { get; init; } = [];

    /// <summary>The last comparisons of both sides.</summary>
    internal LastComparisons Compared { get; init; } = LastComparisons.Of([]);

    /// <summary>Where its e-mails stand.</summary>
    public MailState Mail { get; init; } = new();

    /// <summary>What came in by webhooks; null where its app sends none.</summary>
    internal WebhookStatistics? Webhooks { get; init; }
}

/// <summary>One flow of a connection.</summary>
public sealed record FlowLine(
    FlowName Flow,
    bool Enabled,
    Core.KeyMap.RecordCounts Counts,
    DateTimeOffset? LastSuccessAt
);
