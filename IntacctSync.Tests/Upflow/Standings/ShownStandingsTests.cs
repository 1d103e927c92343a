using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Standings;

public sealed class ShownStandingsTests : IAsyncLifetime
{
    private readonly StubHandler _upflow = new();
    private RoadStand _stand = null!;
    private StoreStand _store = null!;

    private KeyMapStore KeyMap => new(_store.Table);

    public async Task InitializeAsync()
    {
        _stand = await RoadStand.OpenAsync(_upflow);
        _store = new StoreStand();
        _upflow.Otherwise = static _ => StubHandler.Answer("""{"total": 0, "items": []}""", type: "application/json");
    }

    public async Task DisposeAsync()
    {
        await _stand.DisposeAsync();
        await _store.DisposeAsync();
    }

    /// <summary>
    /// An invoice that Order Entry made anew has the name of the one before in Upflow, and its links have that of the
    /// new one.
    /// </summary>
    [Theory]
    [InlineData("u-1", "2")]
    [InlineData("u-9", "1")]
    public async Task A_found_link_is_of_the_record_that_is_linked_and_else_of_the_one_that_the_invoice_names(
        string shown,
        string receivable
    )
    {
        await LinkAsync(UpflowFlows.Customers, "C-1", "c-1");
        await LinkAsync(UpflowFlows.Invoices, "2", "u-1");
        _upflow.Then(
            $$"""
            {"total": 1, "payments": [{"id": "p-1", "externalId": "ARPYMT-900", "amount": 100,
              "linkedInvoices": [{"invoice": {"id": "{{shown}}", "externalId": "ARINVOICE-1"}, "linkedAmount": 40}]}]}
            """,
            type: "application/json"
        );
        var (pass, work) = await PassAsync("900");
        await new ShownStandings(_stand.Get<UpflowClient>(), KeyMap).FindAsync(
            pass,
            [(work, "ARPYMT-900", "C-1")],
            UpflowKind.Payment,
            CancellationToken.None
        );
        Assert.Equal("p-1", pass["900"].TargetId);
        Assert.Equal([$"M_{receivable}"], Standing.Of(pass["900"].Parts).Links);
    }

    [Theory]
    [InlineData(nameof(UpflowKind.Payment), 3)]
    [InlineData(nameof(UpflowKind.CreditNote), 2)]
    public async Task Only_lists_are_read_that_may_have_something_of_the_record(string main, int lists)
    {
        await LinkAsync(UpflowFlows.Customers, "C-1", "c-1");
        var (pass, work) = await PassAsync("900");
        await new ShownStandings(_stand.Get<UpflowClient>(), KeyMap).FindAsync(
            pass,
            [(work, "ARINVOICE-900", "C-1")],
            main == nameof(UpflowKind.Payment) ? UpflowKind.Payment : UpflowKind.CreditNote,
            CancellationToken.None
        );
        Assert.Equal(lists, _upflow.Asked);
    }

    private async Task LinkAsync(FlowName flow, string sourceId, string target)
    {
        var key = new SyncKey(Some.ConnectionId, flow, sourceId);
        var row = (await KeyMap.GetManyAsync(Some.ConnectionId, flow, [sourceId], CancellationToken.None))[sourceId];
        Assert.Equal(key, row.Key);
        await KeyMap.SaveAsync([row with { TargetId = target, State = RecordState.Synced }], CancellationToken.None);
    }

    private async Task<(RecordPass Pass, RecordWork Work)> PassAsync(string sourceId)
    {
        var rows = await KeyMap.GetManyAsync(
            Some.ConnectionId,
            UpflowFlows.Payments,
            [sourceId],
            CancellationToken.None
        );
        var work = new RecordWork(rows[sourceId], [], Some.Now, Bulk: false, WriteBackOnly: false);
        var batch = new FlowBatch(
            Some.Connection(new UpflowConnectionSettings()),
            new ConnectionAccess(
                Some.IntacctCredentials(),
                new UpflowAccount(new Uri("https://api.upflow.io/v1"), "the-key", "the-secret")
            ),
            [work]
        );
        return (new RecordPass(batch, KeyMap, _stand.Clock), work);
    }
}
