using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Runs;
using IntacctSync.Local.Queue;

namespace IntacctSync.Local.Pump;

/// <summary>
/// Looks for messages that the queue itself gave up, since they were delivered too often, and says so in the record's row or the run;
/// the pipeline never saw their end.
/// </summary>
internal sealed partial class DeadLetterWatch(
    SqliteEnvelopeQueue queue, KeyMapStore keyMap, NoticeStore notices, RunStore runs, TimeProvider time, ILogger<DeadLetterWatch> logger) : BackgroundService
{
    /// <summary>How many dead letters, the newest first, a look takes in.</summary>
    private const int Newest = 10_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private static readonly Problem TooOften = new(
        "delivered-too-often",
        "Its message was delivered again and again and its handling never came to an end.",
        "Look in the log for what stopped the worker, then retry the record.");

    private DateTimeOffset _seen = DateTimeOffset.MinValue;

    /// <summary>Takes in what was given up since the last look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var dead = (await queue.PeekDeadLettersAsync(Newest, cancellationToken)).Where(d => d.At > _seen).OrderBy(d => d.At).ToList();
        foreach (var letter in dead)
        {
            if (letter.Reason == QueueDelivery.TooOften && letter.Envelope is { } envelope)
                await BuryAsync(envelope, letter.At, cancellationToken);
            else if (letter.Envelope is null)
                LogUnreadable(letter.Description);
            _seen = letter.At;
        }
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
                    LogFailed(e);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task BuryAsync(Envelope envelope, DateTimeOffset at, CancellationToken cancellationToken)
    {
        LogGivenUp(envelope.Connection.Value, envelope.EventId);
        if (envelope.RunId is { } runId)
            await EndRunAsync(envelope, runId, cancellationToken);
        if (envelope.Kind != EnvelopeKind.Record)
            return;

        KeyMapEntry entry;
        do
        {
            entry = await keyMap.GetAsync(envelope.Key, cancellationToken) ?? new KeyMapEntry { Key = envelope.Key };

            // What happened to the record after that, this mark included, counts for more.
            if (entry.Timeline is [.., var last] && last.At >= at)
                return;
            await notices.AddAsync(envelope.Connection, envelope.Key.Flow, [(envelope.Key.SourceId, TooOften.Code)], cancellationToken);
        }
        while ((await keyMap.SaveAsync([entry.Bury(time.GetUtcNow(), TooOften)], cancellationToken)).Count == 0);
    }

    /// <summary>A lost record is one failure of its run; a lost bookmark or poll is the end of it.</summary>
    private Task<Run?> EndRunAsync(Envelope envelope, string runId, CancellationToken cancellationToken) => runs.ChangeAsync(
        envelope.Connection,
        runId,
        run => run.State != RunState.Running ? run
            : envelope.Kind == EnvelopeKind.Record ? run with { Failed = run.Failed + 1 }
            : run with { State = RunState.Failed, EndedAt = time.GetUtcNow(), Report = $"{TooOften.Message} {TooOften.Fix}" },
        cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "Connection {Connection}: event {EventId} was delivered too often and is given up")]
    private partial void LogGivenUp(string connection, string eventId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message was given up: {Description}")]
    private partial void LogUnreadable(string description);

    [LoggerMessage(Level = LogLevel.Error, Message = "The dead letters could not be looked through; it is tried again")]
    private partial void LogFailed(Exception exception);
}
