using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Runs;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Pipeline;

/// <summary>
/// Handles messages that the queue itself gave up because they were delivered too often. The pipeline never finished
/// them, so the record's row, or the run, is told here.
/// </summary>
public sealed partial class DeadLetters(
    KeyMapStore keyMap,
    NoticeStore notices,
    RunStore runs,
    ConnectionTimeline timeline,
    TimeProvider time,
    ILogger<DeadLetters> logger
)
{
    private static readonly Problem TooOften = new(
        "delivered-too-often",
        "Its message was delivered again and again and its handling never came to an end.",
        "Look in the log for what stopped the worker, then retry the record."
    );

    private static readonly Problem Unreadable = new(
        "unreadable-message",
        "A message on the queue can't be read by this version of the program, so what it asked for was not done.",
        "Let all instances run one version, the newest that ever ran. Then run the flow again, since an hour before."
    );

    /// <param name="envelope">What was sent.</param>
    /// <param name="at">When it was put on the queue or given up. If the record came to an outcome after that, the
    /// outcome stands.</param>
    /// <param name="cancellationToken">Stops it; it is safe to repeat.</param>
    public async Task BuryAsync(Envelope envelope, DateTimeOffset at, CancellationToken cancellationToken)
    {
        LogGivenUp(envelope.Connection.Value, envelope.EventId);
        if (envelope.RunId is { } runId)
            await EndRunAsync(envelope, runId, cancellationToken);
        if (envelope.Kind != EnvelopeKind.Record)
        {
            await TellFeedAsync(
                envelope.Connection,
                envelope.Feed ?? envelope.Flow?.Value ?? "",
                TooOften with
                {
                    Fix = "Look in the log for what stopped the worker, then run the flow again.",
                },
                cancellationToken
            );
            return;
        }

        KeyMapEntry entry;
        do
        {
            entry = await keyMap.GetAsync(envelope.Key, cancellationToken) ?? new KeyMapEntry { Key = envelope.Key };

            // If the record came to an outcome after that, or bears this mark already, it is left as it is.
            if (
                entry.State is not (RecordState.Pending or RecordState.InDoubt)
                && entry.Timeline is [.., var last]
                && last.At >= at
            )
                return;
            await notices.AddAsync(
                envelope.Connection,
                envelope.Key.Flow,
                [(envelope.Key.SourceId, TooOften.Code)],
                cancellationToken
            );
        } while ((await keyMap.SaveAsync([entry.Bury(time.GetUtcNow(), TooOften)], cancellationToken)).Count == 0);
    }

    /// <summary>No record's row tells of a feed.</summary>
    private async Task TellFeedAsync(
        ConnectionId connection,
        string feed,
        Problem problem,
        CancellationToken cancellationToken
    )
    {
        await notices.AddFeedAsync(connection, feed, problem, cancellationToken);
        await timeline.AddAsync(connection, "feedFailed", $"{feed}: {problem}", null, cancellationToken);
    }

    /// <summary>A message that can't be read concerns no record that is known: its connection is told of it.</summary>
    public async Task TellAsync(LetterVerdict.Report letter, CancellationToken cancellationToken)
    {
        LogUnreadable(letter.Description);
        if (letter.Connection is { } connection)
            await TellFeedAsync(connection, letter.Feed, Unreadable, cancellationToken);
    }

    /// <summary>A lost record counts as one failure of its run. A lost bookmark or poll ends the run.</summary>
    private Task<Run?> EndRunAsync(Envelope envelope, string runId, CancellationToken cancellationToken) =>
        runs.ChangeAsync(
            envelope.Connection,
            runId,
            run =>
                run.State != RunState.Running ? run
                : envelope.Kind == EnvelopeKind.Record ? run with { Failed = run.Failed + 1 }
                : run with
                {
                    State = RunState.Failed,
                    EndedAt = time.GetUtcNow(),
                    Report = $"{TooOften.Message} {TooOften.Fix}",
                },
            cancellationToken
        );

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Connection {Connection}: event {EventId} was delivered too often and is given up"
    )]
    private partial void LogGivenUp(string connection, string eventId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message was given up: {Description}")]
    private partial void LogUnreadable(string description);
}
