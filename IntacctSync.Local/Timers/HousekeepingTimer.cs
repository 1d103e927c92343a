using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;

namespace IntacctSync.Local.Timers;

/// <summary>
/// Runs the housekeeping once a day and soon after a start, so that it also runs on a machine that is off at night.
/// </summary>
internal sealed partial class HousekeepingTimer(
    Housekeeping housekeeping,
    TimeProvider time,
    ILogger<HousekeepingTimer> logger
) : BackgroundService
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeating.RunAsync(
            Soon,
            Daily,
            time,
            housekeeping.RunAsync,
            e => LogFailed(new LoggedException(e)),
            stoppingToken
        );

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "What is older than its time could not be dropped; it is tried again tomorrow"
    )]
    private partial void LogFailed(LoggedException exception);
}
