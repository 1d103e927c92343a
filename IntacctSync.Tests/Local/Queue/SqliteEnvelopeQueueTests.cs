using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Queue;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local.Queue;

public sealed class SqliteEnvelopeQueueTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly SqliteEnvelopeQueue _queue;

    public SqliteEnvelopeQueueTests() =>
        _queue = new SqliteEnvelopeQueue(
            _folder.File("queue.db"),
            _clock,
            new EnvelopeQueueOptions { BusyTimeout = TimeSpan.FromMilliseconds(20) }
        );

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _queue.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_body_that_can_not_be_read_is_dead_lettered_and_holds_up_nothing()
    {
        await SendAsync("damaged", "behind it");
        using (var hand = OpenByHand())
            hand.Execute(
                "UPDATE messages SET body = ?1 WHERE message_id LIKE '%:damaged:0'",
                "{\"kind\":\"of a later program\"}"u8.ToArray()
            );
        var held = await _queue.AcceptSessionAsync(CancellationToken.None);
        var received = Assert.Single(await _queue.ReceiveAsync(held!, 1, CancellationToken.None));
        Assert.Equal("behind it", received.Envelope.EventId);
        var dead = Assert.Single(await _queue.PeekDeadLettersAsync(10, CancellationToken.None));
        Assert.Equal((null, "UnreadableBody"), (dead.Envelope, dead.Reason));
    }

    [Fact]
    public async Task A_file_that_is_locked_for_too_long_is_told_as_unavailable_and_sending_again_is_safe()
    {
        await SendAsync("first");
        using var hand = OpenByHand();
        hand.Execute("BEGIN IMMEDIATE");
        var refused = await Assert.ThrowsAsync<QueueUnavailableException>(() => SendAsync("second"));
        Assert.Contains("queue.db", refused.Message, StringComparison.Ordinal);
        hand.Execute("ROLLBACK");
        Assert.Equal([SendOutcome.Duplicate, SendOutcome.Accepted], await SendAsync("first", "second"));
    }

    [Fact]
    public async Task What_a_killed_process_leaves_holds_all_that_was_sent_and_nothing_that_was_settled()
    {
        await SendAsync("settled", "in hand", "waiting");
        var held = await _queue.AcceptSessionAsync(CancellationToken.None);
        var received = await _queue.ReceiveAsync(held!, 2, CancellationToken.None);
        await _queue.SettleAsync(held!, [(received[0], new Settlement.Complete())], CancellationToken.None);
        File.Copy(_folder.File("queue.db"), _folder.File("after.db"));
        File.Copy(_folder.File("queue.db-wal"), _folder.File("after.db-wal"));
        await using var after = new SqliteEnvelopeQueue(_folder.File("after.db"), _clock);
        _clock.Advance(TimeSpan.FromSeconds(30));
        var next = await after.AcceptSessionAsync(CancellationToken.None);
        var again = await after.ReceiveAsync(next!, 10, CancellationToken.None);
        Assert.Equal([("in hand", 2), ("waiting", 1)], again.Select(one => (one.Envelope.EventId, one.DeliveryCount)));
    }

    [Fact]
    public async Task A_hundred_messages_are_sent_received_and_settled_in_one_commit_each()
    {
        await SendAsync([.. Enumerable.Range(0, 100).Select(i => $"{i:D3}")]);
        Assert.Equal(1, _queue.Commits);
        var held = await _queue.AcceptSessionAsync(CancellationToken.None);
        var received = await _queue.ReceiveAsync(held!, 100, CancellationToken.None);
        Assert.Equal(3, _queue.Commits);
        await _queue.SettleAsync(
            held!,
            [.. received.Select(one => (one, (Settlement)new Settlement.Complete()))],
            CancellationToken.None
        );
        Assert.Equal(4, _queue.Commits);
    }

    [Fact]
    public async Task Looking_for_work_where_there_is_none_writes_nothing()
    {
        Assert.Null(await _queue.AcceptSessionAsync(CancellationToken.None));
        Assert.Null(await _queue.NextDueAsync(CancellationToken.None));
        Assert.Equal(0, _queue.Commits);
    }

    [Fact]
    public async Task Ids_of_messages_are_forgotten_with_their_window()
    {
        await SendAsync("old", "older");
        _clock.Advance(TimeSpan.FromMinutes(10));
        await SendAsync("new");
        using var hand = OpenByHand();
        Assert.Equal(1, hand.Integer("SELECT count(*) FROM sent"));
    }

    private SqliteDatabase OpenByHand() => new(_folder.File("queue.db"), TimeSpan.FromSeconds(5));

    private Task<IReadOnlyList<SendOutcome>> SendAsync(params string[] ids) =>
        _queue.SendAsync([.. ids.Select(id => new OutgoingEnvelope(Envelope(id)))], CancellationToken.None);

    private Envelope Envelope(string id) =>
        new()
        {
            Kind = EnvelopeKind.Record,
            Connection = ConnectionId.Parse("demo"),
            Company = new CompanyId("acme"),
            Flow = ZuperFlows.Customers,
            SourceId = id,
            EventId = id,
            FirstSeen = _clock.GetUtcNow(),
        };
}
