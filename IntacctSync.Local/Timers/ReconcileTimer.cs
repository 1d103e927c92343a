using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;

namespace IntacctSync.Local.Timers;

/// <summary>Has both sides compared when the settings say; never, if they say nothing.</summary>
internal sealed partial class ReconcileTimer(
    NightlySchedule nightly,
    ReviewOptions options,
    TimeProvider time,
    ILogger<ReconcileTimer> logger
) : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Times is not null && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await nightly.RunDueAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogFailed(new LoggedException(e));
            }

            await Task.Delay(Often, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The nightly comparison could not be made; it is tried again in a minute"
    )]
    private partial void LogFailed(LoggedException exception);
}
