using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Runs;

public sealed class HousekeepingTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteTable _table;
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 1, 20, 9, 0, 0, TimeSpan.Zero));

    public HousekeepingTests() => _table = new SqliteTable(_folder.File("tables.db"));

    [Fact]
    public async Task Months_of_which_every_day_is_older_than_90_days_are_dropped_and_no_others()
    {
        var connections = new ConnectionStore(_table, IntacctSyncRegistration.Apps, _clock, Some.Noted(_clock));
        var runs = new RunStore(_table, _clock, new CountingIds(), NullLogger<RunStore>.Instance);
        var timeline = new ConnectionTimeline(_table, _clock, new CountingIds());
        var (connection, _) = await connections.PutAsync(
            ConnectionId.Parse("acme"),
            new ZuperConnectionSettings(),
            CancellationToken.None
        );
        var made = new List<Run>();
        for (var month = 0; month < 5; month++)
        {
            made.Add(await runs.StartAsync(connection.Id, "poll", ZuperFlows.Organizations, CancellationToken.None));
            await timeline.AddAsync(connection.Id, "stopped", "Some reason.", null, CancellationToken.None);
            _clock.AdvanceTo(_clock.GetUtcNow().AddMonths(1));
        }

        // It is the 20th of June: 90 days ago was the 22nd of March.
        await new Housekeeping(_table, connections, _clock).RunAsync(CancellationToken.None);

        var kept = new List<bool>();
        foreach (var run in made)
            kept.Add(await runs.GetAsync(connection.Id, run.RunId, CancellationToken.None) is not null);
        Assert.Equal([false, false, true, true, true], kept);
        Assert.Empty(
            await timeline.ReadAsync(
                connection.Id,
                new DateTimeOffset(2026, 2, 20, 0, 0, 0, TimeSpan.Zero),
                CancellationToken.None
            )
        );
        Assert.NotEmpty(
            await timeline.ReadAsync(
                connection.Id,
                new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero),
                CancellationToken.None
            )
        );
    }

    [Fact]
    public async Task Counts_that_are_off_are_right_after_it()
    {
        var connections = new ConnectionStore(_table, IntacctSyncRegistration.Apps, _clock, Some.Noted(_clock));
        await connections.PutAsync(Some.ConnectionId, new ZuperConnectionSettings(), CancellationToken.None);
        var store = new KeyMapStore(_table);
        var entry = new KeyMapEntry { Key = new SyncKey(Some.ConnectionId, ZuperFlows.Organizations, "one") };
        await store.SaveAsync([entry.Skip(Some.Now, "x")], CancellationToken.None);
        var partition = KeyMapRow.Partition(Some.ConnectionId, ZuperFlows.Organizations);
        var total = await _table.TotalAsync(partition, CancellationToken.None);
        await _table.WriteAsync(
            StateCounts.Total(partition, new Dictionary<RecordState, int> { [RecordState.Dead] = 7 }, total!.ETag),
            CancellationToken.None
        );
        Assert.Equal(7, (await CountAsync()).Of(RecordState.Dead));

        await new Housekeeping(_table, connections, _clock).RunAsync(CancellationToken.None);
        Assert.Equal((0, 1), ((await CountAsync()).Of(RecordState.Dead), (await CountAsync()).Of(RecordState.Skipped)));

        Task<RecordCounts> CountAsync() =>
            new RecordQuery(_table, store).CountAsync(
                Some.ConnectionId,
                ZuperFlows.Organizations,
                CancellationToken.None
            );
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _table.DisposeAsync();
        _folder.Dispose();
    }
}
