using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Core.Pipeline;
using IntacctSync.Local.Queue;

namespace IntacctSync.Local.Pump;

/// <summary>
/// Looks for messages that the queue itself gave up because they were delivered too often, and says so in the record's
/// row or the run. The pipeline never finished them.
/// </summary>
internal sealed partial class DeadLetterWatch(
    SqliteEnvelopeQueue queue,
    DeadLetters givenUp,
    TimeProvider time,
    ILogger<DeadLetterWatch> logger
) : BackgroundService
{
    /// <summary>How many dead letters one look reads, the oldest first.</summary>
    private const int Most = 1_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Handles the messages that were given up and that nobody was told of. One that can't be told of now holds up
    /// none of the others that this look reads, and is looked at again.
    /// </summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var (untold, last) = (0, (Exception?)null);
        foreach (var (number, letter) in await queue.UntoldDeadLettersAsync(Most, cancellationToken))
        {
            try
            {
                if (letter.Reason == QueueDelivery.TooOften && letter.Envelope is { } envelope)
                    await givenUp.BuryAsync(envelope, letter.At, cancellationToken);
                else if (letter.Envelope is null)
                    await givenUp.TellAsync(new LetterVerdict.Report(letter.Description, null, ""), cancellationToken);
                await queue.NoteToldAsync(number, cancellationToken);
            }
            catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
            {
                (untold, last) = (untold + 1, e);
            }
        }

        if (last is not null)
            LogUntold(new LoggedException(last), untold);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
                {
                    LogFailed(new LoggedException(e));
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The dead letters could not be looked through; it is tried again")]
    private partial void LogFailed(LoggedException exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Count} dead letters could not be told of, the last of them for this; it is tried again"
    )]
    private partial void LogUntold(LoggedException exception, int count);
}
