using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>
/// A road on which a history is played, with webhooks that come twice, late or never, and requests that fail now and
/// then.
/// </summary>
internal sealed class HistoryRoad : InvoiceRoadTest
{
    private static readonly FlowName[] Flows =
    [
        ZuperFlows.Organizations,
        ZuperFlows.Customers,
        ZuperFlows.Invoices,
        ZuperFlows.Products,
        ZuperFlows.Payments,
    ];

    public static async Task<IReadOnlyList<string>> PlayAsync(IReadOnlyList<HistoryStep> steps)
    {
        var road = new HistoryRoad();
        await road.InitializeAsync();
        try
        {
            await road.PlayToTheEndAsync(steps);
            return [.. await road.LoseEndsAsync(), .. new HistoryOracle(road, await road.EntriesAsync()).Differences()];
        }
        finally
        {
            await road.DisposeAsync();
        }
    }

    internal async Task PollAllAsync()
    {
        await Process.Get<Poller>().TickAsync([.. ZuperFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
        await RestAsync();
    }

    private async Task PlayToTheEndAsync(IReadOnlyList<HistoryStep> steps)
    {
        await BooksAsync(s =>
            s with
            {
                DefaultPaymentModeUid = ZuperPaymentModes.Cheque.Uid,
                DefaultProductCategoryUid = ZuperCategories.Parts,
            }
        );
        Zuper.Screens.Subscribe(
            new Uri($"http://road.test/api/webhooks/{Id}"),
            HookSecret,
            "customer.create",
            "customer.update",
            "customer.activate",
            "customer.deactivate",
            "customer.delete"
        );
        foreach (
            var (fault, share) in new[]
            {
                (ZuperFaults.WebhookDrop, 0.2),
                (ZuperFaults.WebhookDuplicate, 0.2),
                (ZuperFaults.WebhookDelay, 0.2),
                (ZuperFaults.WebhookReorder, 0.2),
            }
        )
            Zuper.Faults.Add(
                new FaultRule
                {
                    Fault = fault,
                    Times = 0,
                    Probability = share,
                }
            );
        var doing = new HistoryDoing(this);
        foreach (var step in steps)
            await doing.DoAsync(step);

        // From here on all goes well: what was lost is found by the feeds, and a person retries what needed one.
        Zuper.Faults.Clear();
        Intacct.Faults.Clear();
        for (var round = 0; round < 3; round++)
        {
            await Zuper.WebhooksRestingAsync(Forever);
            Clock.Advance(TimeSpan.FromMinutes(65));
            await PollAllAsync();
            var connection = await ConnectionAsync();
            await Process.Get<PersonRequests>().RetryAllAsync(connection, null, null, Forever);
            await RestAsync(TimeSpan.FromHours(12));
        }
    }

    private async Task<IReadOnlyList<KeyMapEntry>> EntriesAsync()
    {
        var entries = new List<KeyMapEntry>();
        foreach (var flow in Flows)
        {
            string? after = null;
            do
            {
                var page = await Process.Get<RecordQuery>().ListAsync(Id, flow, null, null, after, 100, Forever);
                entries.AddRange(page.Items);
                after = page.Next;
            } while (after is not null);
        }

        return entries;
    }

    /// <summary>Records that came to no end although all is well and nothing is left to do.</summary>
    private async Task<IEnumerable<string>> LoseEndsAsync() =>
        (await EntriesAsync())
            .Where(e =>
                e.State is not (RecordState.Synced or RecordState.Skipped or RecordState.NeedsAction)
                && !WaitsForParent(e)
            )
            .Select(e => $"{e.Key} is {e.State}: {e.Problem} {string.Join("; ", e.Timeline)}");

    private static bool WaitsForParent(KeyMapEntry entry) =>
        entry.State == RecordState.Pending
        && entry.Timeline is [.., { } last]
        && last.Detail.StartsWith("Waits for", StringComparison.Ordinal);
}
