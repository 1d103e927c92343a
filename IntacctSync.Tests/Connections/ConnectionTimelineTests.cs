using IntacctSync.Core.Connections;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Connections;

public sealed class ConnectionTimelineTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task The_newest_entries_are_read_back_into_the_month_before()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 2, 28, 23, 0, 0, TimeSpan.Zero));
        var timeline = new ConnectionTimeline(_stand.Table, clock, _stand.Ids);
        for (var i = 1; i <= 5; i++)
        {
            await timeline.AddAsync(Some.ConnectionId, $"{i}", "", null, CancellationToken.None);
            clock.Advance(TimeSpan.FromMinutes(20));
        }

        var newest = await timeline.NewestAsync(Some.ConnectionId, 4, CancellationToken.None);

        Assert.Equal(["5", "4", "3", "2"], newest.Select(e => e.What));
    }
}
