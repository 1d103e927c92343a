using IntacctSync.Core.Pipeline;

namespace IntacctSync.Local.Export;

/// <summary>Has the meters told how the connections stand, every five minutes.</summary>
internal sealed partial class GaugeTimer(RecordGauges gauges, TimeProvider time, ILogger<GaugeTimer> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
            try
            {
                await gauges.RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The records could not be counted for the meters; it is tried again in five minutes")]
    private partial void LogFailed(Exception exception);
}
