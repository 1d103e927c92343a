using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Payments;

public sealed class TakenListsTests : IAsyncLifetime
{
    private readonly StubHandler _upflow = new();
    private RoadStand _stand = null!;
    private StoreStand _store = null!;

    private TakenLists Lists => field ??= new TakenLists(_stand.Get<UpflowClient>(), _stand.Clock);

    public async Task InitializeAsync()
    {
        _stand = await RoadStand.OpenAsync(_upflow);
        _store = new StoreStand();
        _upflow.Otherwise = static _ =>
            StubHandler.Answer(
                """{"total": 1, "payments": [{"id": "p-1", "currency": "USD", "amount": 100}]}""",
                type: "application/json"
            );
    }

    public async Task DisposeAsync()
    {
        await _stand.DisposeAsync();
        await _store.DisposeAsync();
    }

    /// <summary>What was taken a minute ago may be what is about to be sent.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task A_change_of_now_is_held_against_what_there_is_now(int customers)
    {
        await ReadAsync(customers, RequestPriority.Bulk);
        var asked = _upflow.Asked;
        await ReadAsync(customers, RequestPriority.Live);
        var each = _upflow.Asked - asked;
        await ReadAsync(customers, RequestPriority.Live);
        Assert.InRange(each, 1, 2);
        Assert.Equal(asked + (2 * each), _upflow.Asked);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public async Task Bulk_work_finds_its_lists_again_for_ten_minutes(int customers)
    {
        Assert.NotEmpty(await ReadAsync(customers, RequestPriority.Bulk));
        var asked = _upflow.Asked;
        _stand.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.NotEmpty(await ReadAsync(customers, RequestPriority.Bulk));
        Assert.Equal(asked, _upflow.Asked);
        _stand.Clock.Advance(TimeSpan.FromMinutes(2));
        await ReadAsync(customers, RequestPriority.Bulk);
        Assert.Equal(2 * asked, _upflow.Asked);
    }

    private Task<IReadOnlyList<TakenPayment>> ReadAsync(int customers, RequestPriority priority) =>
        Lists.ReadAsync(Pass(), Customers(customers), priority, CancellationToken.None);

    private static string[] Customers(int count) => [.. Enumerable.Range(0, count).Select(i => $"c-{i}")];

    private RecordPass Pass() =>
        new(
            new FlowBatch(
                new Connection
                {
                    Id = Some.ConnectionId,
                    Settings = new UpflowConnectionSettings(),
                    CreatedAt = Some.Now,
                },
                new ConnectionAccess(
                    Some.IntacctCredentials(),
                    new UpflowAccount(new Uri("https://api.upflow.io/v1"), "the-key", "the-secret")
                ),
                []
            ),
            new KeyMapStore(_store.Table),
            _stand.Clock
        );
}
