using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;

namespace IntacctSync.Local.Timers;

/// <summary>Has both sides compared when the settings say; never, if they say nothing.</summary>
internal sealed partial class ReconcileTimer(
    NightlyReconciliation reconciliation,
    ReviewOptions options,
    TimeProvider time,
    ILogger<ReconcileTimer> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Times is not { } times)
            return;
        var schedule = PollSchedule.At(times, []);
        while (!stoppingToken.IsCancellationRequested && schedule.After(time.GetUtcNow()) is { } next)
        {
            var wait = next - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
            try
            {
                await reconciliation.RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogFailed(new LoggedException(e));
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The nightly comparison could not be made; it is tried again the next time"
    )]
    private partial void LogFailed(LoggedException exception);
}
