using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Flows;

/// <summary>
/// How far each record of a batch has come on its way through a flow: its row as it is stored now, and its end if it
/// has one.
/// </summary>
public sealed partial class RecordPass(FlowBatch batch, KeyMapStore keyMap, TimeProvider time)
{
    /// <summary>The beginning of a timeline entry that says what shadow mode kept from being written.</summary>
    public const string ShadowMode = "Shadow mode:";

    /// <summary>Whether nothing was written of a record because the connection was in shadow mode.</summary>
    public static bool IsLeftOutInShadow(KeyMapEntry row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row is { State: RecordState.Skipped, Timeline: [.., var last] }
            && last.Detail.StartsWith(ShadowMode, StringComparison.Ordinal);
    }

    private readonly Dictionary<string, KeyMapEntry> _entries = batch.Records.ToDictionary(
        r => r.SourceId,
        r => r.Entry,
        StringComparer.Ordinal
    );

    private readonly Dictionary<string, Failure?> _ended = new(StringComparer.Ordinal);

    /// <summary>
    /// Leads a batch through a flow's steps. An exception fails only the records that have no end yet.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, Failure?>> RunAsync(
        FlowBatch batch,
        KeyMapStore keyMap,
        TimeProvider time,
        ILogger logger,
        Func<RecordPass, Task> steps,
        CancellationToken cancellationToken
    )
    {
        var pass = new RecordPass(batch, keyMap, time);
        try
        {
            await steps(pass);
        }
        catch (Exception e) when (Recoverability.Failures.IsOfOneRecord(e) && pass.Open.Skip(1).Any())
        {
            foreach (var work in pass.Open.ToList())
            {
                var alone = batch with { Records = [work with { Entry = pass[work.SourceId] }] };
                var ended = await RunAsync(alone, keyMap, time, logger, steps, cancellationToken);
                pass._ended[work.SourceId] = ended[work.SourceId];
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            var failure = Recoverability.Failures.Of(e);
            var logged = Recoverability.Failures.Logged(e, failure);
            LogBrokeOff(logger, logged, batch.Connection.Id.Value, failure.Problem.Code);
            foreach (var work in pass.Open.ToList())
                pass.Fail(work.SourceId, failure);
        }

        await pass.RememberFailedAsync(cancellationToken);
        return pass.Failures;
    }

    public FlowBatch Batch { get; } = batch;

    /// <summary>The records that have no end yet.</summary>
    public IEnumerable<RecordWork> Open => Batch.Records.Where(r => !_ended.ContainsKey(r.SourceId));

    public bool IsOpen(string sourceId) => !_ended.ContainsKey(sourceId);

    /// <summary>
    /// Each record's end: null for done. A record without an end is done as well, since nothing was left to do.
    /// </summary>
    public IReadOnlyDictionary<string, Failure?> Failures =>
        Batch.Records.ToDictionary(r => r.SourceId, r => _ended.GetValueOrDefault(r.SourceId), StringComparer.Ordinal);

    public KeyMapEntry this[string sourceId] => _entries[sourceId];

    /// <summary>A row as it will be stored with whatever comes next.</summary>
    public void Put(KeyMapEntry entry) => _entries[entry.Key.SourceId] = entry;

    public void Fail(string sourceId, Failure failure) => _ended[sourceId] = failure;

    /// <summary>A step that concerns one record: what it throws ends that record and no other.</summary>
    public T? Guarded<T>(string sourceId, Func<T?> step)
        where T : class
    {
        try
        {
            return step();
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            Fail(sourceId, Recoverability.Failures.Of(e));
            return null;
        }
    }

    /// <summary>
    /// Decides what is to be done for each record. If that fails for a record, only that record ends.
    /// </summary>
    public Dictionary<string, T> Decide<T>(IEnumerable<RecordWork> works, Func<RecordWork, T> decide)
        where T : class
    {
        var decisions = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var work in works.ToList())
        {
            if (Guarded(work.SourceId, () => decide(work)) is { } decision)
                decisions[work.SourceId] = decision;
        }

        return decisions;
    }

    /// <summary>
    /// The row with what a person calls the record and knows it by, to be stored with whatever comes next.
    /// </summary>
    public KeyMapEntry Titled(string sourceId, string title, DateTimeOffset? version, RecordFacts? facts = null)
    {
        var entry = _entries[sourceId];
        if (entry.TargetId is not null && facts?.ChangeFrom(entry.Facts) is { } change)
            entry = entry.Note(Now, "changed", $"Its {change}.");
        return _entries[sourceId] = entry with
        {
            Title = title.Length == 0 ? entry.Title : title,
            Version = version ?? entry.Version,
            Facts = facts ?? entry.Facts,
        };
    }

    /// <summary>
    /// Some records of the flow that are not in the batch, by source id, which are synced and known to be there.
    /// </summary>
    /// <param name="fits">Which of them, by source id.</param>
    /// <param name="most">How many at the most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<IReadOnlyList<string>> OthersAsync(
        Func<string, bool> fits,
        int most,
        CancellationToken cancellationToken
    ) =>
        keyMap.SomeSyncedAsync(
            Batch.Connection.Id,
            Batch.Records[0].Entry.Key.Flow,
            id => !_entries.ContainsKey(id) && fits(id),
            most,
            cancellationToken
        );

    /// <summary>Stores rows as they are; a record whose row somebody else has written meanwhile ends.</summary>
    public async Task SaveAsync(IReadOnlyCollection<KeyMapEntry> entries, CancellationToken cancellationToken)
    {
        var saved = await keyMap.SaveAsync(entries, cancellationToken);
        foreach (var entry in entries)
        {
            if (saved.TryGetValue(entry.Key.SourceId, out var stored))
                _entries[entry.Key.SourceId] = stored;
            else
                Fail(entry.Key.SourceId, Recoverability.Failures.Conflict);
        }
    }

    /// <summary>Stores rows together with the events that led to them, and ends their records.</summary>
    public async Task SaveFinalAsync(IReadOnlyCollection<KeyMapEntry> entries, CancellationToken cancellationToken)
    {
        var events = Batch.Records.ToDictionary(r => r.SourceId, r => r.EventIds, StringComparer.Ordinal);
        await SaveAsync([.. entries.Select(e => e.Handled(events[e.Key.SourceId]))], cancellationToken);
        foreach (var entry in entries)
            _ended.TryAdd(entry.Key.SourceId, null);
    }

    /// <summary>
    /// Stores linked rows; a record whose id is not due at its source has nothing left to do and ends.
    /// </summary>
    public async Task SaveLinkedAsync(IReadOnlyCollection<KeyMapEntry> entries, CancellationToken cancellationToken)
    {
        await SaveFinalAsync([.. entries.Where(e => e.WriteBack != WriteBack.Due)], cancellationToken);
        await SaveAsync([.. entries.Where(e => e.WriteBack == WriteBack.Due)], cancellationToken);
    }

    /// <summary>
    /// Stores what would have been done. Neither the events nor the version count as handled, since nothing was
    /// written.
    /// </summary>
    public async Task SaveShadowAsync(IReadOnlyCollection<KeyMapEntry> entries, CancellationToken cancellationToken)
    {
        await SaveAsync([.. entries.Select(e => e with { Version = null })], cancellationToken);
        foreach (var entry in entries)
            _ended.TryAdd(entry.Key.SourceId, null);
    }

    /// <summary>Ends the ignored records, once their open intents are settled; nothing else is done for them.</summary>
    public Task LeaveIgnoredAsync(CancellationToken cancellationToken) =>
        SaveFinalAsync(
            [
                .. Open.Select(w => _entries[w.SourceId])
                    .Where(e => e.Ignored)
                    .Select(e => e.Skip(Now, "Ignored by hand.")),
            ],
            cancellationToken
        );

    /// <summary>Takes over what became of writes.</summary>
    public void Take(IEnumerable<WriteOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            _entries[outcome.Entry.Key.SourceId] = outcome.Entry;
            if (outcome.Failure is { } failure)
                Fail(outcome.Entry.Key.SourceId, failure);
        }
    }

    /// <summary>
    /// Stores what was learned of the records that failed: what a person calls and knows them by, what they wait for,
    /// since when they are missing, and the version that was looked at, so that a sweep does not take it for new.
    /// </summary>
    private async Task RememberFailedAsync(CancellationToken cancellationToken)
    {
        var before = Batch.Records.ToDictionary(r => r.SourceId, r => r.Entry, StringComparer.Ordinal);
        var learned = _entries
            .Values.Where(e =>
                _ended.GetValueOrDefault(e.Key.SourceId) is { } failure && failure != Recoverability.Failures.Conflict
            )
            .Where(e =>
                e.Title != before[e.Key.SourceId].Title
                || e.Version != before[e.Key.SourceId].Version
                || e.WaitsFor != before[e.Key.SourceId].WaitsFor
                || e.Facts != before[e.Key.SourceId].Facts
                || !e.Waits.SequenceEqual(before[e.Key.SourceId].Waits, StringComparer.Ordinal)
                || !AbsenceVerdict.IsNotedAlike(e, before[e.Key.SourceId])
            )
            .ToList();
        if (learned.Count > 0)
            await keyMap.SaveAsync(learned, cancellationToken);
    }

    /// <summary>A record that failed goes on after all.</summary>
    public void Reopen(KeyMapEntry entry)
    {
        _ended.Remove(entry.Key.SourceId);
        _entries[entry.Key.SourceId] = entry;
    }

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>How long ago that was; see <see cref="ClockJumps"/>.</summary>
    public TimeSpan Passed(DateTimeOffset noted) => ClockJumps.Of(time).Passed(noted);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: a flow broke off ({Code}); its records that had not ended are tried again"
    )]
    private static partial void LogBrokeOff(ILogger logger, LoggedException? exception, string connection, string code);
}
