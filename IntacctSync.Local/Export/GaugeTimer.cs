using IntacctSync.Core.Domain;
using IntacctSync.Core.Pipeline;
using IntacctSync.Local.Timers;

namespace IntacctSync.Local.Export;

/// <summary>Sets the gauges every five minutes.</summary>
internal sealed partial class GaugeTimer(RecordGauges gauges, TimeProvider time, ILogger<GaugeTimer> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeating.RunAsync(Every, Every, time, gauges.RunAsync, e => LogFailed(new LoggedException(e)), stoppingToken);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The records could not be counted for the meters; it is tried again in five minutes"
    )]
    private partial void LogFailed(LoggedException exception);
}
