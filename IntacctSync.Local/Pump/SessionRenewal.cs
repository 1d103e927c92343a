using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Local.Queue;

namespace IntacctSync.Local.Pump;

/// <summary>
/// Renews a session's lock after each third of its duration, and says when the lock is lost or can no longer be relied
/// on.
/// </summary>
internal sealed partial class SessionRenewal : IAsyncDisposable
{
    private readonly SqliteEnvelopeQueue _queue;
    private readonly SessionLock _held;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PeriodicTimer _timer;
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewing;

    public SessionRenewal(
        SqliteEnvelopeQueue queue,
        SessionLock held,
        TimeSpan duration,
        TimeProvider time,
        ILogger logger
    )
    {
        (_queue, _held, _duration, _time, _logger) = (queue, held, duration, time, logger);
        _timer = new PeriodicTimer(duration / 3, time);
        _renewing = RenewAsync();
    }

    /// <summary>Cancelled when the lock is lost: send nothing more and settle nothing.</summary>
    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _renewing;
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        // This measures the time that has passed and not the clock, which may be set meanwhile.
        var renewedAt = _time.GetTimestamp();
        while (await _timer.WaitForNextTickAsync(CancellationToken.None))
        {
            var asked = _time.GetTimestamp();
            switch (await TryRenewAsync())
            {
                case true:
                    renewedAt = asked;
                    break;
                case null when _time.GetElapsedTime(renewedAt) + _timer.Period < _duration:
                    // The queue can't be reached, but the lock lasts longer than until the next try.
                    break;
                default:
                    await _lost.CancelAsync();
                    return;
            }
        }
    }

    /// <returns>Null when the queue could not be reached.</returns>
    private async Task<bool?> TryRenewAsync()
    {
        try
        {
            return await _queue.RenewAsync(_held, CancellationToken.None);
        }
        catch (QueueUnavailableException e)
        {
            LogNotRenewed(new LoggedException(e), _held.Company.Value);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lock of company {Company} could not be renewed")]
    private partial void LogNotRenewed(LoggedException exception, string company);
}
