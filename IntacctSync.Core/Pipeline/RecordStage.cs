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

/// <summary>Has a flow carry over records, and says what becomes of their envelopes.</summary>
public sealed partial class RecordStage(
    IEnumerable<IRecordFlow> flows,
    KeyMapStore keyMap,
    ParentGate gate,
    ConnectionGuard guard,
    FailureStage failed,
    ReleasedChildren ends,
    AppCatalog apps,
    ActivityTally activity,
    TimeProvider time,
    ILogger<RecordStage> logger
)
{
    private static readonly TimeSpan SwitchedOff = TimeSpan.FromMinutes(15);

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
            .Records.Select(r => RecordPlan.WorkOf(r, entries[r[0].Envelope.SourceId!], now))
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
        var decided = await failed.DecideAsync(connection, access, group, failures, cancellationToken);
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

        // What a run asked for is told once, when the run has ended.
        if (work.Count > 0)
            LogWorkedOff(
                group.Records.All(r => r[0].Envelope.RunId is not null) ? LogLevel.Debug : LogLevel.Information,
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
        catch (Exception e) when (Failures.IsOfOneRecord(e) && batch.Records.Count > 1)
        {
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
            LogFlowFailed(Failures.Logged(e, failure), flow.Name.Value, batch.Records.Count, failure.Problem.Code);
            return batch.Records.ToDictionary(r => r.SourceId, Failure? (_) => failure, StringComparer.Ordinal);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: what became of a batch of {Flow} could not be counted"
    )]
    private partial void LogNotCounted(LoggedException exception, string connection, string flow);

    [LoggerMessage(
        Message = "Connection {Connection}: {Count} records of {Flow} were worked off; {Later} come again later, "
            + "{Failed} need a person"
    )]
    private partial void LogWorkedOff(LogLevel level, string connection, string flow, int later, int failed, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Flow {Flow} failed for a batch of {Count} records: {Code}")]
    private partial void LogFlowFailed(LoggedException? exception, string flow, int count, string code);
}
