using IntacctSync.Local.Pump;
using IntacctSync.Local.Queue;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Local.Pump;

public sealed class SessionRenewalTests : IAsyncLifetime
{
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly SqliteEnvelopeQueue _queue;
    private SessionLock _held = null!;

    public SessionRenewalTests() =>
        _queue = new SqliteEnvelopeQueue(
            _folder.File("queue.db"),
            _clock,
            new EnvelopeQueueOptions { LockDuration = Duration }
        );

    public async Task InitializeAsync()
    {
        await _queue.SendAsync([new(Some.Envelope(), null)], CancellationToken.None);
        _held = (await _queue.AcceptSessionAsync(CancellationToken.None))!;
    }

    public async Task DisposeAsync()
    {
        await _queue.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_session_that_somebody_else_has_taken_is_lost_at_the_next_third_of_its_time()
    {
        await using var renewal = Renewal();
        await _queue.ReleaseAsync(_held, CancellationToken.None);
        await _queue.AcceptSessionAsync(CancellationToken.None);
        Assert.False(renewal.Lost.IsCancellationRequested);
        var lost = LostAsync(renewal);
        _clock.Advance(Duration / 3);
        await lost;
        Assert.True(renewal.Lost.IsCancellationRequested);
    }

    private SessionRenewal Renewal() => new(_queue, _held, Duration, _clock, NullLogger.Instance);

    private static Task LostAsync(SessionRenewal renewal)
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        renewal.Lost.Register(lost.SetResult);
        return lost.Task;
    }
}
