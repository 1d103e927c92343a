using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;

namespace IntacctSync.Core.Flows.Writing;

/// <summary>
/// Writes to Intacct so that each effect happens once: the intent is stored before the request goes out, and the
/// outcome takes its place when the answer comes. If no answer comes, the intent stays, to be settled by <see
/// cref="IntentSettler"/>.
/// </summary>
public sealed class IntacctWriter(
    IntacctClient intacct,
    KeyMapStore keyMap,
    Installation installation,
    RequestSizer sizer,
    WritingOptions options,
    TimeProvider time
)
{
    /// <summary>Carries out writes of one connection, no record twice, in few requests.</summary>
    /// <returns>An outcome for each, by source id.</returns>
    public async Task<IReadOnlyDictionary<string, WriteOutcome>> WriteAsync(
        FlowBatch batch,
        WriteTarget target,
        IReadOnlyList<PlannedWrite> writes,
        CancellationToken cancellationToken
    )
    {
        if (writes.Count == 0)
            return new Dictionary<string, WriteOutcome>(StringComparer.Ordinal);
        using var stage = Stage.Enter("write");
        var outcomes = new Dictionary<string, WriteOutcome>(StringComparer.Ordinal);
        await FollowAsync(target, [.. writes.Where(w => w.Build is null)], outcomes, cancellationToken);
        writes = [.. writes.Where(w => w.Build is not null)];
        var next = 0;
        while (next < writes.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = writes.Skip(next).Take(sizer.SizeFor(batch.Connection.Company)).ToList();
            next += chunk.Count;
            if (await WriteChunkAsync(batch, target, chunk, outcomes, cancellationToken) is not { } halted)
                continue;

            foreach (var write in writes.Where(w => !outcomes.ContainsKey(w.SourceId)))
                outcomes[write.SourceId] = new WriteOutcome(write.Entry, WriteOutcomes.NotSent(halted));
            break;
        }

        return outcomes;
    }

    /// <summary>Stores the rows of which no field is to be written.</summary>
    private async Task FollowAsync(
        WriteTarget target,
        IReadOnlyList<PlannedWrite> equal,
        Dictionary<string, WriteOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var saved = await keyMap.SaveAsync(
            [.. equal.Select(w => WriteOutcomes.Equal(w, target, now).Handled(w.EventIds))],
            cancellationToken
        );
        foreach (var write in equal)
            outcomes[write.SourceId] = saved.TryGetValue(write.SourceId, out var entry)
                ? new WriteOutcome(entry, null)
                : new WriteOutcome(write.Entry, Failures.Conflict);
    }

    /// <returns>What keeps the rest of the batch from being sent; null when nothing does.</returns>
    private async Task<Failure?> WriteChunkAsync(
        FlowBatch batch,
        WriteTarget target,
        IReadOnlyList<PlannedWrite> chunk,
        Dictionary<string, WriteOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        var opening = await OpeningAsync(batch.Connection, chunk, outcomes, cancellationToken);
        var requests = RequestSizer.Requests(
            chunk.Where(w => opening.ContainsKey(w.SourceId)),
            w => opening[w.SourceId].Intent!.Function.Length
        );
        foreach (var request in requests)
        {
            if (await WriteRequestAsync(batch, target, request, opening, outcomes, cancellationToken) is { } halted)
                return halted;
        }

        return null;
    }

    /// <returns>What keeps the rest of the batch from being sent; null when nothing does.</returns>
    private async Task<Failure?> WriteRequestAsync(
        FlowBatch batch,
        WriteTarget target,
        IReadOnlyList<PlannedWrite> request,
        IReadOnlyDictionary<string, KeyMapEntry> opening,
        Dictionary<string, WriteOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        var opened = await keyMap.SaveAsync(
            [.. request.Select(w => opening[w.SourceId]).Select(e => e with { Intent = e.Intent! with { At = now } })],
            cancellationToken
        );
        foreach (var write in request.Where(w => !opened.ContainsKey(w.SourceId)))
            outcomes[write.SourceId] = new WriteOutcome(write.Entry, Failures.Conflict);
        if (opened.Count == 0)
            return null;

        var sent = request.Where(w => opened.ContainsKey(w.SourceId)).ToList();
        var functions = sent.Select(w => FunctionOf(opened[w.SourceId].Intent!)).ToList();

        // From here on nothing is broken off: what is under way is finished and its outcome stored, even while the host
        // stops.
        try
        {
            var response = await intacct.SendAsync(
                batch.Access.Intacct,
                functions,
                uniqueId: true,
                CancellationToken.None
            );
            sizer.Answered(batch.Connection.Company, functions.Count, response.Elapsed);
            var results = sent.Zip(response.Results)
                .ToDictionary(p => p.First.SourceId, p => p.Second, StringComparer.Ordinal);
            await StoreAsync(sent.Select(w => Judge(w, opened[w.SourceId], results[w.SourceId], target)), outcomes);
            return null;
        }
        catch (IntacctException e) when (e.OutcomeUnknown)
        {
            sizer.NotAnswered(batch.Connection.Company);
            await StoreAsync(sent.Select(w => Doubted(opened[w.SourceId], e.Message)), outcomes);
            return WriteOutcomes.InDoubt(options.SettleAfter);
        }
        catch (IntacctException e)
        {
            var failure = e.Classified;
            var refusal = WriteOutcomes.InWords(failure);
            await StoreAsync(
                sent.Select(w => new WriteOutcome(
                    e.IsUnsent
                        ? opened[w.SourceId].Unsent(w.Entry.LastRequest)
                        : opened[w.SourceId].Refuse(time.GetUtcNow(), refusal),
                    failure
                )),
                outcomes
            );
            if (failure.Class is not (FailureClass.Data or FailureClass.Unknown))
                return failure;

            // One bad function can cause the whole request to be refused, so the functions are sent again one by one.
            foreach (var write in sent.Count > 1 ? sent : [])
            {
                if (
                    await WriteChunkAsync(
                        batch,
                        target,
                        [write with { Entry = outcomes[write.SourceId].Entry }],
                        outcomes,
                        cancellationToken
                    ) is
                    { } halted
                )
                    return halted;
            }

            return null;
        }
    }

    /// <summary>The rows with their intents, as they are to be stored before they are sent.</summary>
    private async Task<IReadOnlyDictionary<string, KeyMapEntry>> OpeningAsync(
        Connection connection,
        IReadOnlyList<PlannedWrite> chunk,
        Dictionary<string, WriteOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        var store = await installation.IdAsync(cancellationToken);
        var now = time.GetUtcNow();
        var entries = new Dictionary<string, KeyMapEntry>(StringComparer.Ordinal);
        foreach (var write in chunk)
        {
            outcomes.Remove(write.SourceId);
            try
            {
                var entry = write.Entry.Open(IntentOf(write, store, connection, now));
                KeyMapStore.CheckSize(entry);
                entries.Add(write.SourceId, entry);
            }
            catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
            {
                // What can't be put into a request concerns that record only.
                outcomes[write.SourceId] = new WriteOutcome(write.Entry, Failures.Of(e));
            }
        }

        return entries;
    }

    private WriteOutcome Judge(PlannedWrite write, KeyMapEntry opened, FunctionResult result, WriteTarget target)
    {
        var now = time.GetUtcNow();
        if (result.Status == FunctionStatus.Success)
        {
            var targetId =
                opened.Intent!.Operation == Intent.Create ? target.TargetIdOf(opened.Intent, result) : opened.TargetId;
            return targetId is null
                ? Doubt("Intacct said success without saying what it made.")
                : new WriteOutcome(
                    WriteOutcomes.Landed(opened, targetId, target, write, now).Handled(write.EventIds),
                    null,
                    result
                );
        }

        if (!WriteOutcomes.SaysNothing(result))
            return WriteOutcomes.RefusedAs(opened, result, now);

        // The very first answer looks like a refused replay: the id may have been used before by a store that this one
        // was restored from. What is found then need not be what was to be written, so the hash is forgotten and the
        // next pass writes. A reversal needs no such care: reversed is reversed, whoever did it.
        if (write.Operation != Intent.Reverse)
            opened = opened with { Intent = opened.Intent! with { Hash = null } };

        // Of one that was let go, the same id went out before without an answer: Intacct has that one.
        if (write.Entry.UnansweredSince is not null && Replays.IsRefused(result))
            opened = opened with { Intent = opened.Intent! with { Sent = 1 } };
        return Doubt("Intacct's answer has no status for this function. " + result.Errors);

        WriteOutcome Doubt(string detail) => Doubted(opened, detail) with { Result = result };
    }

    private WriteOutcome Doubted(KeyMapEntry opened, string detail)
    {
        var now = time.GetUtcNow();
        var doubted = opened.Doubt(now, detail);
        return new WriteOutcome(
            doubted,
            WriteOutcomes.GivenUp(doubted, "Intacct", now) ?? WriteOutcomes.InDoubt(options.SettleAfter)
        );
    }

    private async Task StoreAsync(IEnumerable<WriteOutcome> judged, Dictionary<string, WriteOutcome> outcomes)
    {
        var all = judged.ToList();
        var saved = await keyMap.SaveAsync([.. all.Select(o => o.Entry)], CancellationToken.None);
        foreach (var outcome in all)
        {
            var sourceId = outcome.Entry.Key.SourceId;

            // A row that could not be saved keeps its intent, which is settled like one without an answer.
            outcomes[sourceId] = saved.TryGetValue(sourceId, out var entry)
                ? outcome with
                {
                    Entry = entry,
                }
                : outcome with
                {
                    Failure = WriteOutcomes.InDoubt(options.SettleAfter),
                };
        }
    }

    private static Intent IntentOf(PlannedWrite write, string store, Connection connection, DateTimeOffset now)
    {
        var counter = write.Entry.Intents + 1;
        var controlId = ControlId.For(store, connection.CreatedAt, write.Entry.Key, write.Operation, counter);
        var function = write.Build!(controlId);
        return new Intent(
            controlId,
            counter,
            write.Operation,
            function.Name,
            function.Xml,
            write.Hash,
            write.NaturalKey,
            now
        )
        {
            Fingerprints = write.Fingerprints,
            Total = write.Total,
            Date = write.Date,
        };
    }

    private static IntacctFunction FunctionOf(Intent intent) =>
        new(intent.ControlId, intent.FunctionName, intent.Function);
}
