using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Detection.Webhooks;

public sealed class WebhookRefusalsTests : IAsyncLifetime
{
    private readonly StoreStand _store = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Refusals_of_several_instances_add_up_and_a_restart_forgets_none()
    {
        await using (var one = Refusals())
        await using (var two = Refusals())
        {
            one.Add(Some.ConnectionId, "no secret");
            two.Add(Some.ConnectionId, "no secret");
            two.Add(Some.ConnectionId, "no secret");
            Assert.Equal(2, await TodayAsync(two));
        }

        await using var started = Refusals();
        started.Add(Some.ConnectionId, "no secret");
        Assert.Equal(4, await TodayAsync(started));
    }

    [Fact]
    public async Task A_thousand_refusals_are_one_write()
    {
        await using var refusals = Refusals();
        for (var i = 0; i < 1000; i++)
            refusals.Add(Some.ConnectionId, "no secret");
        Assert.Null(await RowAsync());
        await refusals.FlushAsync(CancellationToken.None);
        Assert.Equal(1000, (await RowAsync())!.Integer("Count"));
        Assert.Equal(1000, await TodayAsync(refusals));
    }

    [Fact]
    public async Task A_day_begins_with_none_and_what_is_stored_late_belongs_to_its_own_day()
    {
        // Its own clock stands still, so that what waits there is not stored by time.
        await using var late = new WebhookRefusals(_store.Table, new TestClock(), NullLogger<WebhookRefusals>.Instance);
        await using var refusals = Refusals();
        late.Add(Some.ConnectionId, "no secret");
        _store.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await TodayAsync(refusals));
        Assert.Null(await RowAsync());
        refusals.Add(Some.ConnectionId, "no secret");
        await refusals.FlushAsync(CancellationToken.None);
        await late.FlushAsync(CancellationToken.None);
        Assert.Equal(1, await TodayAsync(Refusals()));
    }

    [Fact]
    public async Task A_purge_forgets_them()
    {
        await using var refusals = Refusals();
        refusals.Add(Some.ConnectionId, "no secret");
        await refusals.FlushAsync(CancellationToken.None);
        refusals.Add(Some.ConnectionId, "no secret");
        await refusals.PurgeAsync(Some.ConnectionId, [], CancellationToken.None);
        Assert.Equal(0, await TodayAsync(refusals));
    }

    private WebhookRefusals Refusals() => new(_store.Table, _store.Clock, NullLogger<WebhookRefusals>.Instance);

    private static Task<long> TodayAsync(WebhookRefusals refusals) =>
        refusals.TodayAsync(Some.ConnectionId, CancellationToken.None);

    private async Task<TableRow?> RowAsync() =>
        (
            await _store.Table.QueryAsync(
                new TableRange(WebhookRefusals.Partition(Some.ConnectionId)),
                null,
                10,
                CancellationToken.None
            )
        ).Rows.SingleOrDefault();
}
