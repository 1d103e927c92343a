using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;

namespace IntacctSync.Core.Flows.Writing;

/// <summary>
/// Finds out what became of writes that got no answer. A create is looked up by its natural key. For an update, finding
/// the record proves nothing; so it is sent again as it was. If Intacct refuses it as a replay, it had landed or had
/// failed: it is settled as one whose content is not known, and compared anew. What was not answered for days, so that
/// a person was told, is not sent again as it was: the record is mapped anew and sent under the same control id. What a
/// person wants not to be synced by now is looked up as well, and not sent again.
/// </summary>
public sealed class IntentSettler(
    IntacctClient intacct,
    KeyMapStore keyMap,
    CounterpartLinks links,
    RequestSizer sizer,
    WritingOptions options,
    NotedTimes noted,
    TimeProvider time
)
{
    /// <summary>
    /// Settles the open intents of a pass that are old enough; a record whose intent can't be settled yet ends. One
    /// that is not found stays open with its intent where the target wants it to be decided anew.
    /// </summary>
    public async Task SettleAsync(RecordPass pass, WriteTarget target, CancellationToken cancellationToken)
    {
        var open = pass.Open.Select(w => pass[w.SourceId]).Where(e => e.Intent is not null).ToList();
        if (open.Count == 0)
            return;
        var outcomes = await OutcomesAsync(pass.Batch, target, open, cancellationToken);
        pass.Take(outcomes.Values);
        await JudgeDeletionsAsync(
            pass,
            target,
            [.. outcomes.Where(o => ReferenceEquals(o.Value.Failure, Replays.NotLanded)).Select(o => o.Key)],
            cancellationToken
        );
    }

    /// <summary>
    /// What was deleted is shown no more, so that the reversal had landed is seen only from that. The intent stays open
    /// until that is believed, or the counterpart is shown.
    /// </summary>
    private async Task JudgeDeletionsAsync(
        RecordPass pass,
        WriteTarget target,
        IReadOnlyList<string> refused,
        CancellationToken cancellationToken
    )
    {
        if (refused.Count == 0 || target.GoneAsync is not { } goneAsync)
            return;
        var gone = await goneAsync(pass, refused, cancellationToken);
        var now = time.GetUtcNow();
        foreach (var entry in refused.Where(gone.Contains).Select(id => pass[id]).ToList())
        {
            var landed = WriteOutcomes.Landed(
                entry,
                entry.TargetId!,
                target,
                null,
                now,
                $"No answer came; {entry.TargetId} is deleted."
            );
            pass.Reopen(landed.Note(now, "found", $"The deletion of {entry.TargetId} had landed."));
        }

        var failures = pass.Failures;
        await pass.SaveAsync(
            [
                .. refused.Where(gone.Contains).Select(id => pass[id]),
                .. refused
                    .Where(id => ReferenceEquals(failures[id], Replays.NotLanded))
                    .Select(id => Replays.NotLandedRow(pass[id], now)),
            ],
            cancellationToken
        );
    }

    /// <returns>For each entry its row, and why it cannot go on yet; no failure when it is settled.</returns>
    private async Task<IReadOnlyDictionary<string, WriteOutcome>> OutcomesAsync(
        FlowBatch batch,
        WriteTarget target,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new Dictionary<string, WriteOutcome>(StringComparer.Ordinal);
        var now = time.GetUtcNow();
        foreach (var entry in await NotedAnewAsync(entries, outcomes, now, cancellationToken))
        {
            var wait = WriteOutcomes.Pause(options.SettleAfter, entry) - noted.Passed(entry.Intent!.At);
            if (batch.Connection.Settings.Mode == SyncMode.Shadow)
                wait = options.SettleAfter;
            if (wait > TimeSpan.Zero)
                outcomes[entry.Key.SourceId] = new WriteOutcome(entry, WriteOutcomes.InDoubt(wait));
        }

        var due = entries.Where(e => !outcomes.ContainsKey(e.Key.SourceId)).ToList();
        if (due.Count == 0)
            return outcomes;

        await EndAsync(target, due, outcomes, cancellationToken);
        var unknown = await AdoptAsync(
            batch.Connection,
            target,
            [.. due.Where(e => !outcomes.ContainsKey(e.Key.SourceId))],
            outcomes,
            cancellationToken
        );
        unknown = await LeaveIgnoredAsync(unknown, outcomes, cancellationToken);
        if (target.DecidesAnew)
            return outcomes;
        await StoreAsync(
            [
                .. unknown
                    .Select(e => WriteOutcomes.Released(e, now))
                    .OfType<KeyMapEntry>()
                    .Select(e => new WriteOutcome(e, null)),
            ],
            outcomes,
            cancellationToken
        );
        var resend = unknown.Where(e => !outcomes.ContainsKey(e.Key.SourceId)).ToList();
        var requests = resend
            .Chunk(sizer.SizeFor(batch.Connection.Company))
            .SelectMany(chunk => RequestSizer.Requests(chunk, e => e.Intent!.Function.Length));
        foreach (var chunk in requests)
        {
            if (await ResendAsync(batch, target, chunk, outcomes, cancellationToken) is { } silent)
            {
                // Intacct answers nothing, or refuses everything: the rest is left as it is.
                foreach (var entry in resend.Where(e => !outcomes.ContainsKey(e.Key.SourceId)))
                    outcomes[entry.Key.SourceId] = new WriteOutcome(entry, WriteOutcomes.NotSettled(silent));
                break;
            }
        }

        return outcomes;
    }

    /// <summary>
    /// If the clock was set back since an intent was noted, the intent lies ahead and its age is unknown. It counts as
    /// noted now.
    /// </summary>
    /// <returns>The others.</returns>
    private async Task<IReadOnlyList<KeyMapEntry>> NotedAnewAsync(
        IReadOnlyCollection<KeyMapEntry> entries,
        Dictionary<string, WriteOutcome> outcomes,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var ahead = entries
            .Where(e => noted.TellAhead($"a write of {e.Key.Connection}, {e.Key.Flow}", e.Intent!.At))
            .ToList();
        if (ahead.Count > 0)
            await StoreAsync(
                [
                    .. ahead.Select(e => new WriteOutcome(
                        e with
                        {
                            Intent = e.Intent! with { At = now },
                        },
                        WriteOutcomes.InDoubt(options.SettleAfter)
                    )),
                ],
                outcomes,
                cancellationToken
            );
        return [.. entries.Except(ahead)];
    }

    /// <summary>Whether a reversal landed is seen from the state of the invoice that it reverses.</summary>
    private async Task EndAsync(
        WriteTarget target,
        IReadOnlyList<KeyMapEntry> due,
        Dictionary<string, WriteOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        var reversals = due.Where(e => e.Intent!.Operation == Intent.Reverse).ToList();
        if (reversals.Count == 0 || target.EndedAsync is not { } endedAsync)
            return;
        var ended = await endedAsync([.. reversals.Select(e => e.TargetId!)], cancellationToken);
        var now = time.GetUtcNow();
        await StoreAsync(
            [
                .. reversals
                    .Where(e => ended.Contains(e.TargetId!))
                    .Select(e => new WriteOutcome(
                        WriteOutcomes
                            .Landed(e, e.TargetId!, target, null, now, $"No answer came; {e.TargetId} is reversed.")
                            .Note(now, "found", $"The reversal of {e.TargetId} had landed."),
                        null
                    )),
            ],
            outcomes,
            cancellationToken
        );
    }

    /// <summary>Adopts the creates that are found.</summary>
    /// <returns>What has to be sent again.</returns>
    private async Task<IReadOnlyList<KeyMapEntry>> AdoptAsync(
        Connection connection,
        WriteTarget target,
        IReadOnlyList<KeyMapEntry> due,
        Dictionary<string, WriteOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        var creates = due.Where(e => e.Intent!.Operation == Intent.Create).ToList();
        var keys = creates.Select(e => e.Intent!.NaturalKey!).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var found =
            keys.Count == 0
                ? new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
                : await target.FindAsync(keys, cancellationToken);
        var owners =
            found.Count == 0
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                : await links.FindAsync(connection, creates[0].Key.Flow, [.. found.Values], cancellationToken);
        var now = time.GetUtcNow();
        var settled = new List<WriteOutcome>();
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in creates)
        {
            if (target.ObjectionTo?.Invoke(entry.Intent!) is { } objection)
            {
                settled.Add(
                    new WriteOutcome(
                        entry.Close(now, $"No answer came: {objection.Message}"),
                        new Failure(FailureClass.Data, objection)
                    )
                );
                continue;
            }

            if (
                found.TryGetValue(entry.Intent!.NaturalKey!, out var linked)
                && owners.TryGetValue(linked.ToUpperInvariant(), out var owner)
                && owner != entry.Key.SourceId
            )
            {
                var taken = Linked(linked, owner);
                settled.Add(new WriteOutcome(entry.Close(now, taken.Problem.Message), taken));
                continue;
            }

            // Of two with the same key one takes what is found. The other is sent again, and finds its own if it had
            // landed as well.
            if (found.TryGetValue(entry.Intent!.NaturalKey!, out var targetId) && given.Add(targetId))
                settled.Add(
                    new WriteOutcome(
                        WriteOutcomes
                            .Landed(entry, targetId, target, null, now, $"No answer came; it was found as {targetId}.")
                            .Note(now, "found", $"The write had landed as {targetId}."),
                        null
                    )
                );
            else if (entry.Intent.Sent > 0 && !MayShowLater(entry))
            {
                var vanished = Vanished(entry.Intent, target.DecidesAnew);
                var closed = entry.Close(now, vanished.Problem.Message);
                settled.Add(
                    new WriteOutcome(
                        target.DecidesAnew ? closed with { Intents = entry.Intent.Counter - 1 } : closed,
                        vanished
                    )
                );
            }
            else if (entry.Intent.Sent > 0)
                outcomes[entry.Key.SourceId] = new WriteOutcome(entry, WriteOutcomes.InDoubt(options.SettleAfter));
        }

        await StoreAsync(settled, outcomes, cancellationToken);
        return [.. due.Where(e => !outcomes.ContainsKey(e.Key.SourceId))];
    }

    /// <summary>
    /// What a person wants not to be synced is not sent again. A create that may be shown later is looked up until
    /// then, so that it is known what it has made.
    /// </summary>
    /// <returns>The others.</returns>
    private async Task<IReadOnlyList<KeyMapEntry>> LeaveIgnoredAsync(
        IReadOnlyList<KeyMapEntry> unknown,
        Dictionary<string, WriteOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        var ignored = unknown.Where(e => e.Ignored).ToList();
        var left = new List<WriteOutcome>();
        foreach (var entry in ignored)
        {
            if (MayShowLater(entry))
                outcomes[entry.Key.SourceId] = new WriteOutcome(entry, WriteOutcomes.InDoubt(options.SettleAfter));
            else
                left.Add(new WriteOutcome(WriteOutcomes.LetGo(entry, time.GetUtcNow()), null));
        }

        await StoreAsync(left, outcomes, cancellationToken);
        return [.. unknown.Except(ignored)];
    }

    private bool MayShowLater(KeyMapEntry entry) =>
        entry.Intent is { Operation: Intent.Create } create && noted.Passed(create.At) < WriteOutcomes.ShownWithin;

    /// <summary>Sends the stored elements again under their own control ids.</summary>
    /// <returns>What keeps the rest from being sent; null when nothing does.</returns>
    private async Task<Failure?> ResendAsync(
        FlowBatch batch,
        WriteTarget target,
        IReadOnlyList<KeyMapEntry> chunk,
        Dictionary<string, WriteOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        // The intent is dated anew before it goes out again, so that after a crash it is in doubt from now on and not
        // from long ago.
        var marked = await keyMap.SaveAsync(
            [.. chunk.Select(e => e with { Intent = e.Intent! with { At = time.GetUtcNow() } })],
            cancellationToken
        );
        foreach (var entry in chunk.Where(e => !marked.ContainsKey(e.Key.SourceId)))
            outcomes[entry.Key.SourceId] = new WriteOutcome(entry, Failures.Conflict);
        if (marked.Count == 0)
            return null;

        var sent = marked.Values.ToList();
        var functions = sent.Select(e => new IntacctFunction(
                e.Intent!.ControlId,
                e.Intent.FunctionName,
                e.Intent.Function
            ))
            .ToList();
        try
        {
            var response = await intacct.SendAsync(
                batch.Access.Intacct,
                functions,
                uniqueId: true,
                CancellationToken.None
            );
            sizer.Answered(batch.Connection.Company, functions.Count, response.Elapsed);
            var answered = sent.Zip(response.Results).ToList();
            var refused = answered
                .Where(p => p.First.Intent!.Operation == Intent.Reverse && Replays.IsRefused(p.Second))
                .Select(p => p.First.TargetId!)
                .ToList();
            var ended =
                refused.Count > 0 && target.EndedAsync is { } endedAsync
                    ? await endedAsync(refused, CancellationToken.None)
                    : null;
            await StoreAsync(
                [
                    .. answered.Select(p =>
                        Replays.Judge(
                            p.First,
                            p.Second,
                            target,
                            options.SettleAfter,
                            time.GetUtcNow(),
                            ended?.Contains(p.First.TargetId!)
                        )
                    ),
                ],
                outcomes,
                CancellationToken.None
            );
            return null;
        }
        catch (IntacctException e) when (e.OutcomeUnknown)
        {
            sizer.NotAnswered(batch.Connection.Company);
            var now = time.GetUtcNow();
            var failure = WriteOutcomes.InDoubt(options.SettleAfter);
            await StoreAsync(
                [
                    .. sent.Select(s => s.Doubt(now, e.Message))
                        .Select(s => new WriteOutcome(s, WriteOutcomes.GivenUp(s, "Intacct", now) ?? failure)),
                ],
                outcomes,
                CancellationToken.None
            );
            return failure;
        }
        catch (IntacctException e)
        {
            // The request as a whole was refused before any function ran: the intents stay as doubtful as they were.
            var failure = e.Classified;
            foreach (var entry in sent)
                outcomes[entry.Key.SourceId] = new WriteOutcome(entry, failure);
            return failure.Class is FailureClass.Data or FailureClass.Unknown ? null : failure;
        }
    }

    private async Task StoreAsync(
        IReadOnlyList<WriteOutcome> judged,
        Dictionary<string, WriteOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        var saved = await keyMap.SaveAsync([.. judged.Select(o => o.Entry)], cancellationToken);
        foreach (var outcome in judged)
        {
            outcomes[outcome.Entry.Key.SourceId] = saved.TryGetValue(outcome.Entry.Key.SourceId, out var entry)
                ? outcome with
                {
                    Entry = entry,
                }
                : outcome with
                {
                    Failure = Failures.Conflict,
                };
        }
    }

    private static Failure Linked(string targetId, string owner) =>
        new(
            FailureClass.Data,
            new Problem(
                "write-linked-elsewhere",
                $"Its write had no answer. What is found for it, {targetId}, belongs to the record {owner} by now.",
                "If both records are one, ignore this one. If they are not, link the other one to what is its own, or "
                    + "give this one another number, then retry."
            )
        );

    /// <param name="intent">What vanished.</param>
    /// <param name="keepsId">Whether the next write has the same control id, which Intacct takes no more.</param>
    private static Failure Vanished(Intent intent, bool keepsId) =>
        new(
            FailureClass.Data,
            new Problem(
                "write-vanished",
                $"Intacct says that it has carried out the write with control id {intent.ControlId}, but "
                    + $"nothing is found under '{intent.NaturalKey}'.",
                "Look in Intacct (also among deleted records) for it. Link the record if it is there. "
                    + (keepsId ? "If it is not, enter it there by hand and link that." : "If it is not, retry.")
            )
        );
}
