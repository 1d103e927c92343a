using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;

namespace IntacctSync.Core.Flows.Writing;

/// <summary>
/// Writes to an app so that each effect happens once, although the app knows no idempotency keys: the intent is stored
/// before the call, the outcome takes its place, and if there is no answer, the record is left alone until the app
/// shows what became of the write.
/// </summary>
/// <remarks>
/// Every flow that writes to an app looks for its record by the natural key before it creates one. So settling an
/// intent means to wait until the call can no longer be under way, and then to go on as usual.
/// </remarks>
/// <param name="keyMap">Where the rows are.</param>
/// <param name="installation">Names the store.</param>
/// <param name="options">How long an intent is left alone.</param>
/// <param name="noted">Tells of times that lie ahead.</param>
/// <param name="time">The clock.</param>
/// <param name="rehearsal">Takes the writes where nothing is to be sent; null on the real road.</param>
public sealed class AppWriter(
    KeyMapStore keyMap,
    Installation installation,
    WritingOptions options,
    NotedTimes noted,
    TimeProvider time,
    Rehearsal? rehearsal = null
)
{
    /// <summary>
    /// Closes the open intents that are old enough, so that their records are looked up; the records of the others end.
    /// </summary>
    /// <param name="pass">The records.</param>
    /// <param name="app">What a person calls the app that they are written to.</param>
    /// <param name="settleAfter">As <see cref="AppWrite.SettleAfter"/>.</param>
    /// <param name="cancellationToken">Stops before the next record.</param>
    public async Task SettleAsync(
        RecordPass pass,
        string app,
        TimeSpan? settleAfter,
        CancellationToken cancellationToken
    )
    {
        await NoteAnewAsync(pass, cancellationToken);
        var after = Sooner(settleAfter);
        var shadow = pass.Batch.Connection.Settings.Mode == SyncMode.Shadow;
        foreach (var work in pass.Open.Where(w => pass[w.SourceId].Intent is not null).ToList())
        {
            var entry = pass[work.SourceId];
            var wait = shadow ? after : WriteOutcomes.Pause(after, entry) - noted.Passed(entry.Intent!.At);
            if (wait > TimeSpan.Zero)
                pass.Fail(work.SourceId, InDoubt(app, wait));
            else
                pass.Put(
                    (
                        entry.Close(time.GetUtcNow(), $"No answer came; what became of it is looked up in {app}.") with
                        {
                            Hash = null,
                        }
                    ).Note(
                        time.GetUtcNow(),
                        "lookedUp",
                        $"What became of '{entry.Intent!.FunctionName}' is looked up in {app}."
                    )
                );
        }
    }

    /// <summary>
    /// If the clock was set back since an intent was noted, its age is unknown, so it counts as noted now.
    /// </summary>
    private async Task NoteAnewAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        var ahead = pass
            .Open.Select(w => pass[w.SourceId])
            .Where(e => noted.TellAhead($"a write of {e.Key.Connection}, {e.Key.Flow}", e.Intent?.At))
            .ToList();
        if (ahead.Count > 0)
            await pass.SaveAsync(
                [.. ahead.Select(e => e with { Intent = e.Intent! with { At = time.GetUtcNow() } })],
                cancellationToken
            );
    }

    /// <summary>Carries out one write.</summary>
    /// <returns>The row as it is stored now, and what went wrong if anything did.</returns>
    public async Task<WriteOutcome> WriteAsync(
        Connection connection,
        AppWrite write,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var opening = write.Entry.Open(await IntentAsync(connection, write, cancellationToken));
        try
        {
            KeyMapStore.CheckSize(opening);
        }
        catch (IntentTooLargeException tooLarge)
        {
            return new WriteOutcome(write.Entry, Failures.Of(tooLarge));
        }

        if (await SaveAsync(opening, cancellationToken) is not { } opened)
            return new WriteOutcome(write.Entry, Failures.Conflict);

        // From here on nothing is broken off: what is under way is finished and its outcome stored, even while the host
        // stops.
        var (entry, failure) = await AnswerAsync(write) switch
        {
            AppAnswer.Done done => (
                write.Landed(
                    opened
                        .Answered()
                        .Close(
                            time.GetUtcNow(),
                            // An id that only a program reads says no more than that.
                            done.TargetId
                                is { } made
                            && !Guid.TryParse(made, out _)
                                ? $"It was carried out: {made}."
                                : "It was carried out."
                        ),
                    done.TargetId
                ),
                null
            ),
            AppAnswer.Refused { WasSent: false } unsent => (opened.Unsent(write.Entry.LastRequest), unsent.Failure),
            AppAnswer.Refused refused => (
                opened.Refuse(time.GetUtcNow(), WriteOutcomes.InWords(refused.Failure)),
                refused.Failure
            ),
            AppAnswer.Unknown unknown => Doubted(opened.Doubt(time.GetUtcNow(), unknown.Detail)),
            _ => throw new InvalidOperationException("An answer is done, refused or unknown."),
        };

        // A row that could not be saved keeps its intent.
        return await SaveAsync(entry, CancellationToken.None) is { } saved
            ? new WriteOutcome(saved, failure)
            : new WriteOutcome(entry, InDoubt(write));

        (KeyMapEntry Entry, Failure? Failure) Doubted(KeyMapEntry doubted) =>
            (doubted, WriteOutcomes.GivenUp(doubted, write.App, time.GetUtcNow()) ?? InDoubt(write));
    }

    private Task<AppAnswer> AnswerAsync(AppWrite write)
    {
        if (rehearsal is null)
            return write.SendAsync(CancellationToken.None);
        rehearsal.Note(write.App, write.Call, write.Body);
        return Task.FromResult<AppAnswer>(new AppAnswer.Done(write.Entry.TargetId ?? rehearsal.NewId()));
    }

    private async Task<Intent> IntentAsync(Connection connection, AppWrite write, CancellationToken cancellationToken)
    {
        // The app checks no id: this one only tells the writes of a record apart in its story and in the log.
        var store = await installation.IdAsync(cancellationToken);
        var counter = write.Entry.Intents + 1;
        var id = ControlId.For(store, connection.CreatedAt, write.Entry.Key, write.Operation, counter);
        return new Intent(
            id,
            counter,
            write.Operation,
            write.Call,
            write.Body,
            write.Hash,
            write.NaturalKey,
            time.GetUtcNow()
        );
    }

    private async Task<KeyMapEntry?> SaveAsync(KeyMapEntry entry, CancellationToken cancellationToken) =>
        (await keyMap.SaveAsync([entry], cancellationToken)).GetValueOrDefault(entry.Key.SourceId);

    private TimeSpan Sooner(TimeSpan? after) => after < options.SettleAfter ? after.Value : options.SettleAfter;

    private Failure InDoubt(AppWrite write) => InDoubt(write.App, Sooner(write.SettleAfter));

    private static Failure InDoubt(string app, TimeSpan wait) =>
        new(
            FailureClass.InDoubt,
            new Problem(
                "in-doubt",
                $"{app} has not said what became of a write; it will be looked up.",
                "Nothing: it is looked up by itself."
            ),
            wait
        );
}
