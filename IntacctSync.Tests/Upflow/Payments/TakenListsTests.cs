using System.Text.Json;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
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

    /// <summary>
    /// What a poll tells of comes as bulk work, as a backfill does. Whoever paid in Upflow after the list was read, and
    /// before the payment was entered in Intacct, is on no list that is kept.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task What_a_poll_tells_of_is_held_against_what_there_is_now(int customers)
    {
        await ReadAsync(customers, Polled(TimeSpan.FromDays(40)));
        var asked = _upflow.Asked;
        _stand.Clock.Advance(TimeSpan.FromMinutes(9));
        await ReadAsync(customers, Polled(TimeSpan.FromMinutes(5)));
        Assert.Equal(2 * asked, _upflow.Asked);
        await ReadAsync(customers, Polled(TimeSpan.FromMinutes(5)));
        Assert.Equal(3 * asked, _upflow.Asked);
    }

    /// <summary>The clocks of Intacct and of this machine may differ.</summary>
    [Fact]
    public async Task A_list_that_is_hardly_newer_than_the_payment_does_not_count()
    {
        await ReadAsync(1, Polled(TimeSpan.FromMinutes(9)));
        var asked = _upflow.Asked;
        await ReadAsync(1, Polled(TimeSpan.FromMinutes(9)));
        Assert.Equal(2 * asked, _upflow.Asked);
        await ReadAsync(1, Polled(TimeSpan.FromMinutes(11)));
        Assert.Equal(2 * asked, _upflow.Asked);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public async Task Old_payments_find_their_lists_again_for_ten_minutes(int customers)
    {
        Assert.NotEmpty(await ReadAsync(customers, Polled(TimeSpan.FromDays(40))));
        var asked = _upflow.Asked;
        _stand.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.NotEmpty(await ReadAsync(customers, Polled(TimeSpan.FromDays(40))));
        Assert.Equal(asked, _upflow.Asked);
        _stand.Clock.Advance(TimeSpan.FromMinutes(2));
        await ReadAsync(customers, Polled(TimeSpan.FromDays(40)));
        Assert.Equal(2 * asked, _upflow.Asked);
    }

    /// <summary>The list of all is longer than what is kept, so it would be read anew for each batch.</summary>
    [Fact]
    public async Task Where_too_much_was_taken_the_lists_of_single_customers_are_kept()
    {
        var all = Enumerable
            .Range(0, TakenLists.MostKept)
            .Select(i => new
            {
                id = $"p-{i}",
                currency = "USD",
                amount = 100,
            });
        _upflow.Then(
            JsonSerializer.Serialize(new { total = TakenLists.MostKept, payments = Array.Empty<object>() }),
            type: "application/json"
        );
        _upflow.Then(
            JsonSerializer.Serialize(new { total = TakenLists.MostKept, payments = all }),
            type: "application/json"
        );
        Assert.Equal(TakenLists.MostKept, (await ReadAsync(30, Polled(TimeSpan.FromDays(40)))).Count);
        await ReadAsync(30, Polled(TimeSpan.FromDays(40)));
        Assert.Equal(2 + 30, _upflow.Asked);
        await ReadAsync(30, Polled(TimeSpan.FromDays(40)));
        Assert.Equal(2 + 30, _upflow.Asked);
    }

    [Fact]
    public async Task One_payment_of_now_has_the_list_of_its_own_customer_read_and_no_other()
    {
        await ReadAsync(30, Polled(TimeSpan.FromDays(40)));
        var asked = _upflow.Asked;
        var customers = Customers(30).ToDictionary(c => c, _ => Polled(TimeSpan.FromDays(40)), StringComparer.Ordinal);
        customers["c-7"] = Polled(TimeSpan.Zero);
        var taken = await Lists.ReadAsync(Pass(), customers, RequestPriority.Bulk, CancellationToken.None);
        Assert.Equal(asked + 1, _upflow.Asked);
        Assert.Equal("p-1", Assert.Single(taken).Id);
    }

    [Fact]
    public void A_payment_is_as_old_as_its_list_or_its_head_says_and_one_that_a_person_retries_is_of_now()
    {
        var payment = new PaymentRecord { RecordNo = "7", WhenModified = "03/04/2026 10:00:00" };
        var version = new DateTimeOffset(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);
        Assert.Equal(version, TakenPayments.ChangedAt(Work(bulk: true, version), payment));
        Assert.Equal(version.AddHours(7), TakenPayments.ChangedAt(Work(bulk: true, null), payment));
        Assert.Null(TakenPayments.ChangedAt(Work(bulk: true, null), payment with { WhenModified = null }));
        Assert.Null(TakenPayments.ChangedAt(Work(bulk: false, version), payment));
    }

    private static RecordWork Work(bool bulk, DateTimeOffset? version) =>
        new(
            new KeyMapEntry { Key = new SyncKey(Some.ConnectionId, UpflowFlows.Payments, "7") },
            ["feed-7"],
            Some.Now,
            bulk,
            WriteBackOnly: false,
            SnapshotVersion: version
        );

    private DateTimeOffset Polled(TimeSpan age) => _stand.Clock.GetUtcNow() - age;

    private Task<IReadOnlyList<TakenPayment>> ReadAsync(int customers, DateTimeOffset changed) =>
        Lists.ReadAsync(
            Pass(),
            Customers(customers).ToDictionary(c => c, _ => changed, StringComparer.Ordinal),
            RequestPriority.Bulk,
            CancellationToken.None
        );

    private static string[] Customers(int count) => [.. Enumerable.Range(0, count).Select(i => $"c-{i}")];

    private RecordPass Pass() =>
        new(
            new FlowBatch(
                Some.Connection(new UpflowConnectionSettings()),
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
