using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Pump;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Local.Pump;

public sealed class DeadLetterWatchTests : IAsyncLifetime
{
    private static readonly SyncKey Key = new(ConnectionId.Parse("demo"), ZuperFlows.Organizations, "record of lost");

    private readonly PumpFixture _world = new();
    private readonly SqliteTable _table;
    private readonly KeyMapStore _keyMap;

    public DeadLetterWatchTests()
    {
        _table = new SqliteTable(_world.File("tables.db"));
        _keyMap = new KeyMapStore(_table);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_record_whose_message_was_delivered_too_often_is_dead_and_told_of_once()
    {
        await LoseAsync();
        await Watch().LookAsync(CancellationToken.None);
        await Watch().LookAsync(CancellationToken.None);

        var entry = await _keyMap.GetAsync(Key, CancellationToken.None);
        Assert.Equal((RecordState.Dead, "delivered-too-often"), (entry!.State, entry.Problem!.Code));
        Assert.Single(entry.Timeline);
    }

    [Fact]
    public async Task A_record_that_was_mended_is_not_given_up_anew_at_the_next_start()
    {
        await LoseAsync();
        await Watch().LookAsync(CancellationToken.None);
        var entry = (await _keyMap.GetAsync(Key, CancellationToken.None))!;
        await _keyMap.SaveAsync(
            [entry.Wait(_world.Clock.GetUtcNow(), _world.Clock.GetUtcNow(), "Waits for another.")],
            CancellationToken.None
        );

        await Watch().LookAsync(CancellationToken.None);

        Assert.Equal(RecordState.Pending, (await _keyMap.GetAsync(Key, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task One_that_can_not_be_told_of_now_holds_up_no_other_and_is_told_of_later()
    {
        await LoseAsync("lost", "too");
        var table = new SwitchableTable(_table) { Down = true };
        await Watch(table).LookAsync(CancellationToken.None);
        table.Down = false;
        await Watch(table).LookAsync(CancellationToken.None);

        foreach (var id in new[] { "record of lost", "record of too" })
            Assert.Equal(
                RecordState.Dead,
                (await _keyMap.GetAsync(Key with { SourceId = id }, CancellationToken.None))?.State
            );
    }

    [Fact]
    public async Task A_record_that_went_on_after_that_is_left_as_it_is()
    {
        await LoseAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        await _keyMap.SaveAsync(
            [new KeyMapEntry { Key = Key }.Sync(_world.Clock.GetUtcNow(), "created", "C-1")],
            CancellationToken.None
        );

        await Watch().LookAsync(CancellationToken.None);

        Assert.Equal(RecordState.Synced, (await _keyMap.GetAsync(Key, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task What_the_pipeline_gave_up_is_left_as_the_pipeline_left_it()
    {
        await _world.SendAsync(("acme", "lost"));
        var held = await _world.Queue.AcceptSessionAsync(CancellationToken.None);
        var received = Assert.Single(await _world.Queue.ReceiveAsync(held!, 1, CancellationToken.None));
        await _world.Queue.SettleAsync(
            held!,
            [(received, new Settlement.DeadLetter("unexpected", "Five tries."))],
            CancellationToken.None
        );

        await Watch().LookAsync(CancellationToken.None);

        Assert.Null(await _keyMap.GetAsync(Key, CancellationToken.None));
    }

    public async Task DisposeAsync()
    {
        await _table.DisposeAsync();
        await _world.DisposeAsync();
    }

    private DeadLetterWatch Watch(ITable? over = null) =>
        new(
            _world.Queue,
            new DeadLetters(
                new KeyMapStore(over ?? _table),
                new NoticeStore(over ?? _table, new EmailOptions(), _world.Clock),
                new RunStore(over ?? _table, _world.Clock, new CountingIds(), NullLogger<RunStore>.Instance),
                new ConnectionTimeline(over ?? _table, _world.Clock, new CountingIds()),
                _world.Clock,
                NullLogger<DeadLetters>.Instance
            ),
            _world.Clock,
            NullLogger<DeadLetterWatch>.Instance
        );

    /// <summary>Delivered ten times and never settled.</summary>
    private async Task LoseAsync(params string[] events)
    {
        await _world.SendAsync([.. (events is [] ? ["lost"] : events).Select(e => ("acme", e))]);
        for (var i = 0; i < 10; i++)
        {
            Assert.NotEmpty(await _world.NextAsync());
            _world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(await _world.NextAsync());
    }
}
