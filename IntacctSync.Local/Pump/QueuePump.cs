using IntacctSync.Core.Domain;
using IntacctSync.Local.Queue;

namespace IntacctSync.Local.Pump;

/// <summary>
/// Takes sessions from the queue, several at once, and has each worked off until nothing of it is due.
/// </summary>
/// <remarks>
/// When the host stops, it waits for the sessions in hand: their requests in flight are finished, and the rest is given
/// back to the queue. An error does not end it.
/// </remarks>
internal sealed partial class QueuePump(
    SqliteEnvelopeQueue queue,
    SessionWork work,
    PumpOptions options,
    TimeProvider time,
    ILogger<QueuePump> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var inHand = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                inHand.RemoveAll(session => session.IsCompleted);
                if (inHand.Count >= options.Sessions)
                    await Task.WhenAny(inHand).WaitAsync(stoppingToken);
                // This is not broken off: a lock that was taken without this code knowing it would hold its session
                // until it expires.
                else if (await queue.AcceptSessionAsync(CancellationToken.None) is { } held)
                    inHand.Add(work.RunAsync(held, stoppingToken));
                else
                    await queue.WaitForWorkAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogQueueFailed(new LoggedException(e));
                await Task.Delay(options.Pause, time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(inHand);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue could not be read; it is tried again")]
    private partial void LogQueueFailed(LoggedException exception);
}
