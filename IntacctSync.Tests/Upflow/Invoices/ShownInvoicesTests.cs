using System.Globalization;
using System.Net;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Invoices;

public sealed class ShownInvoicesTests : IAsyncLifetime
{
    private readonly StubHandler _upflow = new();
    private RoadStand _stand = null!;
    private StoreStand _store = null!;

    public async Task InitializeAsync()
    {
        _stand = await RoadStand.OpenAsync(_upflow);
        _store = new StoreStand();
    }

    public async Task DisposeAsync()
    {
        await _stand.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task An_odd_answer_about_one_invoice_fails_that_one_alone()
    {
        _upflow.Otherwise = static _ => StubHandler.Answer("{}", HttpStatusCode.NotFound, "application/json");
        _upflow.Then("{}", HttpStatusCode.NotFound, "application/json").Then("What?", type: "application/json");
        Assert.Equal(["2"], await FailedAsync());
    }

    [Fact]
    public async Task Where_no_answer_is_one_the_rest_of_the_batch_is_not_asked_about()
    {
        _upflow.Otherwise = static _ => StubHandler.Answer("What?", type: "application/json");
        Assert.Equal(6, (await FailedAsync()).Count);
        Assert.Equal(3, _upflow.Asked);
    }

    private async Task<IReadOnlyList<string>> FailedAsync()
    {
        var works = Enumerable.Range(1, 6).Select(i => Work(i.ToString(CultureInfo.InvariantCulture))).ToList();
        var pass = new RecordPass(
            new FlowBatch(
                Some.Connection(new UpflowConnectionSettings()),
                new ConnectionAccess(
                    Some.IntacctCredentials(),
                    new UpflowAccount(new Uri("https://api.upflow.io/v1"), "the-key", "the-secret")
                ),
                works
            ),
            new KeyMapStore(_store.Table),
            _stand.Clock
        );
        await new ShownInvoices(new ShownRecords(_stand.Get<UpflowClient>())).FindAsync(
            pass,
            new Dictionary<string, Receivable>(StringComparer.Ordinal),
            CancellationToken.None
        );
        return [.. works.Select(w => w.SourceId).Where(id => !pass.IsOpen(id))];
    }

    private static RecordWork Work(string sourceId) =>
        new(
            new KeyMapEntry { Key = new SyncKey(Some.ConnectionId, UpflowFlows.Invoices, sourceId) },
            [EventIds.Asked(new CountingIds())],
            Some.Now,
            Bulk: false,
            WriteBackOnly: false,
            Requested: true
        );
}
