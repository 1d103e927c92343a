using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Runs;
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

    private DeadLetterWatch Watch() =>
        new(
            _world.Queue,
            new DeadLetters(
                _keyMap,
                new NoticeStore(_table, new EmailOptions(), _world.Clock),
                new RunStore(_table, _world.Clock, new CountingIds()),
                new ConnectionTimeline(_table, _world.Clock, new CountingIds()),
                _world.Clock,
                NullLogger<DeadLetters>.Instance
            ),
            _world.Clock,
            NullLogger<DeadLetterWatch>.Instance
        );

    /// <summary>Delivered ten times and never settled.</summary>
    private async Task LoseAsync()
    {
        await _world.SendAsync(("acme", "lost"));
        for (var i = 0; i < 10; i++)
        {
            Assert.Single(await _world.NextAsync());
            _world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(await _world.NextAsync());
    }
}
