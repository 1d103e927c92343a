using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Runs;

public sealed class ActivityTallyTests : IAsyncLifetime
{
    private readonly StoreStand _store = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Each_hour_has_its_sums_over_all_instances_and_an_idle_hour_has_noughts()
    {
        await using var one = Tally();
        await using var two = Tally();
        one.Add(Some.ConnectionId, 3, 1, TimeSpan.FromSeconds(40));
        await one.FlushAsync(CancellationToken.None);
        two.Add(Some.ConnectionId, 2, 0, TimeSpan.FromSeconds(90));
        await two.FlushAsync(CancellationToken.None);
        _store.Clock.Advance(TimeSpan.FromHours(2));
        one.Add(Some.ConnectionId, 1, 0, null);
        var hours = await one.ReadAsync(Some.ConnectionId, 3, CancellationToken.None);
        Assert.Equal([(5, 1), (0, 0), (1, 0)], hours.Select(h => (h.Synced, h.Failed)));
        Assert.Equal([TimeSpan.FromSeconds(90), null, null], hours.Select(h => h.Slowest));
        Assert.All(hours, h => Assert.Equal(0, h.At.Minute));
        Assert.Equal(TimeSpan.FromHours(2), hours[2].At - hours[0].At);
    }

    [Fact]
    public async Task After_two_days_an_hour_begins_anew()
    {
        await using var tally = Tally();
        tally.Add(Some.ConnectionId, 7, 0, null);
        await tally.FlushAsync(CancellationToken.None);
        _store.Clock.Advance(TimeSpan.FromHours(ActivityTally.Hours));
        tally.Add(Some.ConnectionId, 1, 0, null);
        await tally.FlushAsync(CancellationToken.None);
        Assert.Equal(
            1,
            (await tally.ReadAsync(Some.ConnectionId, ActivityTally.Hours, CancellationToken.None)).Sum(h => h.Synced)
        );
    }

    [Fact]
    public async Task What_waits_is_stored_some_seconds_later_and_a_purge_forgets_all_of_it()
    {
        await using var tally = Tally();
        tally.Add(Some.ConnectionId, 2, 0, null);
        tally.Add(ConnectionId.Parse("other"), 4, 0, null);
        await tally.FlushAsync(CancellationToken.None);
        tally.Add(Some.ConnectionId, 1, 1, null);
        await tally.PurgeAsync(Some.ConnectionId, [], CancellationToken.None);
        await tally.FlushAsync(CancellationToken.None);
        Assert.Equal(0, (await Tally().ReadAsync(Some.ConnectionId, 1, CancellationToken.None))[0].Synced);
        Assert.Equal(4, (await Tally().ReadAsync(ConnectionId.Parse("other"), 1, CancellationToken.None))[0].Synced);
    }

    private ActivityTally Tally() => new(_store.Table, _store.Clock, NullLogger<ActivityTally>.Instance);
}
