using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Queue;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local.Queue;

/// <summary>The machine's clock is a day ahead for a while, and then right again.</summary>
public sealed class QueueClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly CollectingLogger<SqliteEnvelopeQueue> _log = new();
    private SqliteEnvelopeQueue _queue;

    public QueueClockTests() => _queue = Open();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _queue.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_message_that_was_sent_tomorrow_is_delivered_now_and_the_log_says_it_once()
    {
        _clock.SetBy(Day);
        await SendAsync("poll");
        _clock.SetBy(-Day);
        await RestartAsync();

        var received = Assert.Single(await ReceiveAsync());
        Assert.Equal(("poll", _clock.GetUtcNow()), (received.Envelope.EventId, received.Envelope.FirstSeen));
        var line = Assert.Single(_log.Lines).Text;
        Assert.Contains("set back: 1 messages and 0 locks", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delay_keeps_its_length_whatever_the_clock_said_when_it_began()
    {
        await SendAsync("rightly", TimeSpan.FromHours(1));
        _clock.SetBy(Day - TimeSpan.FromHours(2));
        await SendAsync("wrongly", TimeSpan.FromHours(1));
        _clock.SetBy(-Day + TimeSpan.FromHours(2));

        Assert.Empty(await ReceiveAsync());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["rightly", "wrongly"], (await ReceiveAsync()).Select(r => r.Envelope.EventId).Order());
    }

    [Fact]
    public async Task A_session_that_was_locked_tomorrow_is_free_when_a_lock_of_now_would_be()
    {
        await SendAsync("change");
        _clock.SetBy(Day);
        Assert.NotNull(await _queue.AcceptSessionAsync(CancellationToken.None));
        _clock.SetBy(-Day);
        await RestartAsync();

        Assert.Null(await _queue.AcceptSessionAsync(CancellationToken.None));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Single(await ReceiveAsync());
    }

    [Fact]
    public async Task Whoever_holds_a_session_when_the_clock_is_set_back_keeps_it_by_renewing()
    {
        await SendAsync("change");
        _clock.SetBy(Day);
        var held = await _queue.AcceptSessionAsync(CancellationToken.None);
        _clock.SetBy(-Day);
        Assert.Null(await _queue.AcceptSessionAsync(CancellationToken.None));
        Assert.True(await _queue.RenewAsync(held!, CancellationToken.None));
    }

    [Fact]
    public async Task An_id_that_was_sent_tomorrow_is_forgotten_with_its_window()
    {
        _clock.SetBy(Day);
        await SendAsync("tick");
        var held = await _queue.AcceptSessionAsync(CancellationToken.None);
        var received = await _queue.ReceiveAsync(held!, 1, CancellationToken.None);
        await _queue.SettleAsync(held!, [(received[0], new Settlement.Complete())], CancellationToken.None);
        await _queue.ReleaseAsync(held!, CancellationToken.None);
        _clock.SetBy(-Day);
        Assert.Null(await _queue.AcceptSessionAsync(CancellationToken.None));
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([SendOutcome.Accepted], await SendAsync("tick"));
    }

    [Fact]
    public async Task Nobody_waits_for_work_until_tomorrow()
    {
        _clock.SetBy(Day);
        await SendAsync("poll");
        _clock.SetBy(-Day);
        await _queue.WaitForWorkAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single(await ReceiveAsync());
    }

    [Fact]
    public async Task No_message_is_delayed_longer_than_the_longest_delay()
    {
        await SendAsync("far", TimeSpan.FromDays(400));
        Assert.Equal(_clock.GetUtcNow() + Day, await _queue.NextDueAsync(CancellationToken.None));
    }

    private SqliteEnvelopeQueue Open() => new(_folder.File("queue.db"), _clock, null, _log);

    private async Task RestartAsync()
    {
        await _queue.DisposeAsync();
        _queue = Open();
    }

    private async Task<IReadOnlyList<ReceivedEnvelope>> ReceiveAsync() =>
        await _queue.AcceptSessionAsync(CancellationToken.None) is { } held
            ? await _queue.ReceiveAsync(held, 10, CancellationToken.None)
            : [];

    private Task<IReadOnlyList<SendOutcome>> SendAsync(string id, TimeSpan? delay = null) =>
        _queue.SendAsync(
            [
                new OutgoingEnvelope(
                    new Envelope
                    {
                        Kind = EnvelopeKind.Record,
                        Connection = ConnectionId.Parse("demo"),
                        Company = new CompanyId("acme"),
                        Flow = ZuperFlows.Customers,
                        SourceId = id,
                        EventId = id,
                        FirstSeen = _clock.GetUtcNow(),
                    },
                    _clock.GetUtcNow() + delay
                ),
            ],
            CancellationToken.None
        );
}
