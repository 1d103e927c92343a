using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Waiting;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Pipeline;

/// <summary>Has a flow carry over records, and decides what becomes of each that it could not.</summary>
public sealed partial class RecordStage(
    IEnumerable<IRecordFlow> flows,
    KeyMapStore keyMap,
    ParentGate gate,
    ConnectionGuard guard,
    FailureReport trouble,
    ReleasedChildren ends,
    AppCatalog apps,
    ActivityTally activity,
    TimeProvider time,
    ILogger<RecordStage> logger
)
{
    private static readonly TimeSpan SwitchedOff = TimeSpan.FromMinutes(15);

    /// <summary>How long what a list had read may wait for its turn before it is read again.</summary>
    private static readonly TimeSpan SnapshotLasts = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long a record that is done waits before it comes again, if its waiting children could not be put on the
    /// queue.
    /// </summary>
    private static readonly TimeSpan FreeAgain = TimeSpan.FromMinutes(1);

    internal async Task<IReadOnlyDictionary<ReceivedEnvelope, Disposition>> RunAsync(
        Connection connection,
        ConnectionAccess access,
        FlowGroup group,
        CancellationToken cancellationToken
    )
    {
        using var stage = Stage.Enter("records");
        var dispositions = new Dictionary<ReceivedEnvelope, Disposition>();
        var flow = flows.FirstOrDefault(f => f.Name == group.Flow);
        var off = group
            .Records.Where(r => flow is null || !connection.Settings.Syncs(group.Flow, r[0].Envelope.SourceId!))
            .ToList();

        // The flow was switched off after the envelope was sent. Its envelopes are kept until it is switched on again,
        // since a sweep would not send them a second time.
        foreach (var envelope in off.SelectMany(r => r))
            dispositions[envelope] = flow is null
                ? new Disposition.Complete()
                : new Disposition.Retry(SwitchedOff, Failed: false);
        if (flow is null || off.Count == group.Records.Count)
            return dispositions;

        group = group with { Records = [.. group.Records.Except(off)] };
        var ids = group.Records.Select(r => r[0].Envelope.SourceId!).ToList();
        var entries = await keyMap.GetManyAsync(connection.Id, group.Flow, ids, cancellationToken);
        var now = time.GetUtcNow();
        var work = group
            .Records.Select(r => Work(r, entries[r[0].Envelope.SourceId!], now))
            .OfType<RecordWork>()
            .ToList();
        var again = group
            .Records.Where(r => r.All(e => e.Envelope.Attempt > 0))
            .Select(r => r[0].Envelope.SourceId!)
            .ToHashSet(StringComparer.Ordinal);
        var began = time.GetUtcNow();
        var failures = await CarryAsync(flow, new FlowBatch(connection, access, work), again, cancellationToken);
        await apps.Of(connection)
            .AfterBatchAsync(
                new EndedBatch(
                    connection,
                    group.Flow,
                    [.. entries.Values],
                    ids.Except(work.Select(w => w.SourceId), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal)
                ),
                cancellationToken
            );
        var decided = await DecideAsync(connection, group, failures, cancellationToken);
        await CountAsync(connection, group.Flow, work, failures, decided, began, cancellationToken);
        var unfreed = await ends.FreeAsync(connection, group.Flow, group.Records, entries, cancellationToken);
        foreach (var record in group.Records)
        {
            // Only the newest envelope of a record goes on; the others are done.
            var disposition = decided.GetValueOrDefault(record[0].Envelope.SourceId!) ?? new Disposition.Complete();
            dispositions[record[0]] =
                disposition is not Disposition.Retry && unfreed.Contains(record[0].Envelope.SourceId!)
                    ? new Disposition.Retry(FreeAgain, Failed: false)
                    : disposition;
            foreach (var older in record.Skip(1))
                dispositions[older] = new Disposition.Complete();
        }

        if (work.Count > 0)
            LogWorkedOff(
                connection.Id.Value,
                group.Flow.Value,
                decided.Values.Count(d => d is Disposition.Retry),
                decided.Values.Count(d => d is not (Disposition.Retry or Disposition.Complete)),
                group.Records.Count
            );
        return dispositions;
    }

    /// <summary>
    /// Counts what became of a batch, for people to look at. The records are done, even if this fails.
    /// </summary>
    private async Task CountAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyList<RecordWork> work,
        IReadOnlyDictionary<string, Failure?> failures,
        Dictionary<string, Disposition> decided,
        DateTimeOffset began,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var done = work.Where(w => failures.GetValueOrDefault(w.SourceId) is null).ToList();
            var rows =
                done.Count == 0
                    ? new Dictionary<string, KeyMapEntry>(StringComparer.Ordinal)
                    : await keyMap.GetManyAsync(
                        connection.Id,
                        flow,
                        [.. done.Select(w => w.SourceId)],
                        cancellationToken
                    );
            var synced = done.Where(w => WasCarriedOver(rows[w.SourceId], began)).ToList();
            var now = time.GetUtcNow();
            activity.Add(
                connection.Id,
                synced.Count,
                decided.Values.Count(d => d is Disposition.NeedsAction or Disposition.DeadLetter),
                synced.Where(w => !w.Bulk).Select(w => (TimeSpan?)(now - w.FirstSeen)).Max()
            );
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            LogNotCounted(new LoggedException(e), connection.Id.Value, flow.Value);
        }
    }

    private static bool WasCarriedOver(KeyMapEntry row, DateTimeOffset began) =>
        row is { State: RecordState.Synced, Timeline: [.., var last] } && last.At >= began && last.What != "unchanged";

    /// <summary>
    /// Has the flow carry over the records that are not put off. A refusal that may concern the whole account is
    /// checked by another call.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, Failure?>> CarryAsync(
        IRecordFlow flow,
        FlowBatch batch,
        IReadOnlySet<string> again,
        CancellationToken cancellationToken
    )
    {
        var putOff = await gate.PutOffAsync(
            batch.Connection,
            [.. batch.Records.Where(w => again.Contains(w.SourceId))],
            cancellationToken
        );
        var work = batch.Records.Where(w => !putOff.ContainsKey(w.SourceId)).ToList();
        var failures = putOff.ToDictionary(p => p.Key, Failure? (p) => p.Value, StringComparer.Ordinal);
        if (work.Count == 0)
            return failures;
        var carried = await RunFlowAsync(flow, batch with { Records = work }, cancellationToken);
        var proof = carried.Values.FirstOrDefault(ConnectionGuard.MayConcernAll) is { } doubtful
            ? await guard.ProveAsync(batch.Connection, batch.Access, doubtful, cancellationToken)
            : null;
        foreach (var (id, failure) in carried)
            failures[id] =
                ConnectionGuard.MayConcernAll(failure) && !ConnectionGuard.MayConcernAll(proof) ? proof : failure;
        return failures;
    }

    private async Task<IReadOnlyDictionary<string, Failure?>> RunFlowAsync(
        IRecordFlow flow,
        FlowBatch batch,
        CancellationToken cancellationToken
    )
    {
        using var stage = Stage.Enter($"flow {flow.Name}");
        using var purpose = TransactionPurpose.Enter(flow.Name.Value);
        try
        {
            return await flow.RunAsync(batch, cancellationToken);
        }
        catch (OverflowException) when (batch.Records.Count > 1)
        {
            // One record's amount is too large to count with; which one shows when each runs by itself.
            var failures = new Dictionary<string, Failure?>(StringComparer.Ordinal);
            foreach (var record in batch.Records)
            {
                foreach (
                    var (id, failure) in await RunFlowAsync(flow, batch with { Records = [record] }, cancellationToken)
                )
                    failures[id] = failure;
            }

            return failures;
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            var failure = Failures.Of(e);
            LogFlowFailed(new LoggedException(e), flow.Name.Value, batch.Records.Count);
            return batch.Records.ToDictionary(r => r.SourceId, Failure? (_) => failure, StringComparer.Ordinal);
        }
    }

    /// <summary>
    /// Decides for each failed record and writes the decision into its row, so that state and queue say the same.
    /// </summary>
    private async Task<Dictionary<string, Disposition>> DecideAsync(
        Connection connection,
        FlowGroup group,
        IReadOnlyDictionary<string, Failure?> failures,
        CancellationToken cancellationToken
    )
    {
        var decided = new Dictionary<string, Disposition>(StringComparer.Ordinal);
        var failed = group.Records.Where(r => failures.GetValueOrDefault(r[0].Envelope.SourceId!) is not null).ToList();
        if (failed.Count == 0)
            return decided;

        if (failures.Values.FirstOrDefault(f => f?.Class == FailureClass.Authentication) is { } refused)
            await guard.StopAsync(connection, refused, cancellationToken);

        var now = time.GetUtcNow();
        var entries = await keyMap.GetManyAsync(
            connection.Id,
            group.Flow,
            [.. failed.Select(r => r[0].Envelope.SourceId!)],
            cancellationToken
        );
        var titles = await TitlesAsync(connection, group.Flow, failures, cancellationToken);
        var changed = new List<KeyMapEntry>();
        foreach (var record in failed)
        {
            var envelope = record[0].Envelope;
            var said = failures[envelope.SourceId!]!;
            var failure = said with { Problem = said.Problem.Titled(titles).Naming(connection.Settings.Profile.Title) };
            var disposition = FailurePolicy.Decide(
                failure,
                envelope.Failures,
                envelope.FirstSeen,
                now,
                Random.Shared.NextDouble()
            );
            decided[envelope.SourceId!] =
                disposition is Disposition.Retry wait && failure.Class == FailureClass.Throttled && record.Count == 1
                    ? wait with
                    {
                        KeepsSnapshot = true,
                    }
                    : disposition;
            RoadTelemetry.Failure(connection.Id, group.Flow.Value, failure.Problem.Code);
            changed.Add(Remember(Asked(entries[envelope.SourceId!], record), disposition, failure, record, now));
        }

        await trouble.TellAsync(connection.Id, group.Flow, entries, changed, cancellationToken);
        var saved = await keyMap.SaveAsync(changed, cancellationToken);
        foreach (var entry in changed.Where(e => !saved.ContainsKey(e.Key.SourceId)))
            decided[entry.Key.SourceId] = new Disposition.Retry(TimeSpan.FromSeconds(1), Failed: false);
        return decided;
    }

    /// <summary>What people call the other records that the failures speak of, by source id.</summary>
    private async Task<IReadOnlyDictionary<string, string>> TitlesAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyDictionary<string, Failure?> failures,
        CancellationToken cancellationToken
    )
    {
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] named =
        [
            .. failures.Values.OfType<Failure>().SelectMany(f => f.Problem.Records).Distinct(StringComparer.Ordinal),
        ];
        if (named.Length == 0)
            return titles;
        foreach (var (id, entry) in await keyMap.GetManyAsync(connection.Id, flow, named, cancellationToken))
        {
            if (entry.Title is { Length: > 0 } title)
                titles[id] = title;
        }

        return titles;
    }

    private static KeyMapEntry Remember(
        KeyMapEntry entry,
        Disposition disposition,
        Failure failure,
        IReadOnlyList<ReceivedEnvelope> record,
        DateTimeOffset now
    ) =>
        disposition switch
        {
            // A person said meanwhile that it is not to be synced.
            _ when entry.Ignored => entry,
            Disposition.NeedsAction needs when failure.NotShown => entry.Need(now, needs.Problem),
            Disposition.NeedsAction needs => entry
                .Need(now, needs.Problem)
                .Handled(record.Select(e => e.Envelope.EventId)),
            Disposition.DeadLetter dead => entry
                .Bury(now, dead.Problem)
                .Handled(record.Select(e => e.Envelope.EventId)),
            _ => entry.Wait(now, record.Min(e => e.Envelope.FirstSeen), failure.Problem.Message),
        };

    /// <summary>
    /// The row with what a person asked for, which is kept with it. What needs a person was to be carried over, so no
    /// date leaves it out from then on.
    /// </summary>
    internal static KeyMapEntry Asked(KeyMapEntry entry, IReadOnlyList<ReceivedEnvelope> record) =>
        !entry.Ignored
        && !entry.Requested
        && (entry.State is RecordState.NeedsAction or RecordState.Dead || record.Any(e => e.Envelope.Requested))
            ? entry with
            {
                Requested = true,
            }
            : entry;

    /// <summary>
    /// What is to be done for a record; null if its events were handled before and nothing is left to do.
    /// </summary>
    internal static RecordWork? Work(IReadOnlyList<ReceivedEnvelope> record, KeyMapEntry entry, DateTimeOffset now)
    {
        var known =
            record.All(e => entry.Knows(e.Envelope.EventId))
            && entry.State is not (RecordState.Pending or RecordState.InDoubt);
        var idle = entry.Intent is null && (entry.Ignored || (known && entry.WriteBack != WriteBack.Due));
        if (idle)
            return null;

        var newest = record[0].Envelope;
        var asked = Asked(entry, record);
        return new RecordWork(
            asked,
            [.. record.Select(e => e.Envelope.EventId)],
            record.Min(e => e.Envelope.FirstSeen),
            record.All(e => e.Envelope.Bulk),
            WriteBackOnly: record.All(e => entry.Knows(e.Envelope.EventId))
                && entry.Intent is null
                && entry.WriteBack == WriteBack.Due,
            Requested: asked.Requested,
            Snapshot: newest.Attempt == 0 && record.All(e => IsNoNewer(e.Envelope, newest)) ? newest.Snapshot : null,
            SnapshotVersion: newest.SourceVersion,
            FreshSnapshot: record.Count == 1 && entry.IsUntouched && now - newest.FirstSeen <= SnapshotLasts
                ? newest.Snapshot
                : null,
            RequestedAt: record
                .Where(e => e.Envelope.Requested)
                .Select(e => (DateTimeOffset?)e.Envelope.FirstSeen)
                .Max()
        );
    }

    /// <summary>What a list showed may be older than what a poll has told meanwhile.</summary>
    private static bool IsNoNewer(Envelope one, Envelope other) =>
        one == other || one.SourceVersion is not { } version || version <= other.SourceVersion;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: what became of a batch of {Flow} could not be counted"
    )]
    private partial void LogNotCounted(LoggedException exception, string connection, string flow);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Connection {Connection}: {Count} records of {Flow} were worked off; {Later} come again later, "
            + "{Failed} need a person"
    )]
    private partial void LogWorkedOff(string connection, string flow, int later, int failed, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Flow {Flow} failed for a batch of {Count} records")]
    private partial void LogFlowFailed(LoggedException exception, string flow, int count);
}
