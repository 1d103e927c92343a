using IntacctSync.Core.Domain;
using IntacctSync.Core.Notifications;

namespace IntacctSync.Local.Timers;

/// <summary>Has failure e-mails sent every minute: the first of a cause is never later than that.</summary>
internal sealed partial class DigestTimer(FailureMails mails, TimeProvider time, ILogger<DigestTimer> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeating.RunAsync(Every, Every, time, mails.RunAsync, e => LogFailed(new LoggedException(e)), stoppingToken);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Failure e-mails could not be sent; it is tried again in a minute"
    )]
    private partial void LogFailed(LoggedException exception);
}
