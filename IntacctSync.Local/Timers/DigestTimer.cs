using IntacctSync.Core.Domain;
using IntacctSync.Core.Notifications;

namespace IntacctSync.Local.Timers;

/// <summary>Sends failure e-mails every minute, so the first e-mail about a cause is sent within a minute.</summary>
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
