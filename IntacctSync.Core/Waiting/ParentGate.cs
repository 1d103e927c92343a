using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Waiting;

/// <summary>
/// Parents first: a record that refers to one without a counterpart waits for it, and the parent is put on the queue.
/// <see cref="ParentVerdict"/> decides what that means for the record.
/// </summary>
public sealed class ParentGate(KeyMapStore keyMap, ParentFlows flows, IEnvelopeQueue queue, TimeProvider time)
{
    /// <summary>
    /// Looks up the parents of the records of a pass; a record whose parent has no counterpart yet ends, and the parent
    /// is put on the queue.
    /// </summary>
    /// <param name="pass">The records.</param>
    /// <param name="parents">The parent of each record that has one, by source id.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>The parents' rows by the child's source id, for those that may go on.</returns>
    public async Task<IReadOnlyDictionary<string, KeyMapEntry>> PassAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, ParentKey> parents,
        CancellationToken cancellationToken
    )
    {
        var connection = pass.Batch.Connection;
        var rows = await RowsAsync(connection, parents.Values, cancellationToken);
        if (connection.Settings.Mode == SyncMode.Shadow)
            await EndInShadowAsync(pass, parents, rows, cancellationToken);
        var passed = new Dictionary<string, KeyMapEntry>(StringComparer.Ordinal);
        var wanted = new Dictionary<ParentKey, bool>();
        foreach (var work in pass.Open.ToList())
        {
            if (pass[work.SourceId].WaitsFor is not null)
                pass.Put(pass[work.SourceId] with { WaitsFor = null });
            if (!parents.TryGetValue(work.SourceId, out var parent))
                continue;
            if (rows[parent].TargetId is not null)
            {
                passed[work.SourceId] = rows[parent];
                continue;
            }

            var verdict = VerdictOn(connection, parent, rows[parent], work);
            Hold(pass, work.SourceId, parent, verdict.Failure);
            if (verdict.SendFor)
                wanted[parent] = wanted.GetValueOrDefault(parent, true) && work.Bulk;
        }

        await SendForAsync(connection, wanted, cancellationToken);
        return passed;
    }

    /// <summary>
    /// Ends a record that must wait for its parent, and notes the parent in its row, by which it is found again later.
    /// </summary>
    internal static void Hold(RecordPass pass, string sourceId, ParentKey parent, Failure failure)
    {
        pass.Put(pass[sourceId] with { WaitsFor = parent.ToString() });
        pass.Fail(sourceId, failure);
    }

    /// <summary>
    /// Ends a record whose parent has its counterpart but is not attached yet, and puts the parent on the queue to be
    /// attached.
    /// </summary>
    /// <param name="pass">The records.</param>
    /// <param name="sourceId">The record.</param>
    /// <param name="parent">Its parent.</param>
    /// <param name="row">What the key map knows of the parent.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    public async Task HoldUnattachedAsync(
        RecordPass pass,
        string sourceId,
        ParentKey parent,
        KeyMapEntry row,
        CancellationToken cancellationToken
    )
    {
        var connection = pass.Batch.Connection;
        var work = pass.Open.First(w => w.SourceId == sourceId);
        var verdict = VerdictOn(connection, parent, row, work);
        Hold(pass, sourceId, parent, verdict.Failure);
        if (!verdict.SendFor)
            return;
        var eventId = EventIds.AttachmentWanted(parent.Of(connection.Id), time.GetUtcNow());
        await TouchAsync(connection, [(parent, eventId, work.Bulk)], requested: false, cancellationToken);
    }

    /// <summary>
    /// Puts off again the records whose parent still has no counterpart, without reading them from their source.
    /// </summary>
    /// <returns>Those among them, by source id.</returns>
    public async Task<IReadOnlyDictionary<string, Failure>> PutOffAsync(
        Connection connection,
        IReadOnlyList<RecordWork> again,
        CancellationToken cancellationToken
    )
    {
        var putOff = new Dictionary<string, Failure>(StringComparer.Ordinal);
        var waiting = again
            .Where(w =>
                w.Entry is { State: RecordState.Pending, Intent: null } && ParentKey.Parse(w.Entry.WaitsFor) is not null
            )
            .ToDictionary(w => w, w => ParentKey.Parse(w.Entry.WaitsFor)!.Value);
        if (waiting.Count == 0 || connection.Settings.Mode == SyncMode.Shadow)
            return putOff;
        var rows = await RowsAsync(connection, waiting.Values, cancellationToken);
        var wanted = new Dictionary<ParentKey, bool>();
        foreach (var (work, parent) in waiting.Where(w => rows[w.Value].TargetId is null))
        {
            var verdict = VerdictOn(connection, parent, rows[parent], work);
            if (verdict.Failure.Class == FailureClass.Data)
                continue;
            putOff[work.SourceId] = verdict.Failure;
            if (verdict.SendFor)
                wanted[parent] = wanted.GetValueOrDefault(parent, true) && work.Bulk;
        }

        await SendForAsync(connection, wanted, cancellationToken);
        return putOff;
    }

    /// <summary>Puts records on the queue because the record that they are made from has changed.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="touched">The records, each with its event.</param>
    /// <param name="requested">Whether a person asked for that other one, and so for these.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    public Task TouchAsync(
        Connection connection,
        IReadOnlyCollection<(ParentKey Parent, string EventId, bool Bulk)> touched,
        bool requested,
        CancellationToken cancellationToken
    ) =>
        queue.SendRecordsAsync(
            connection.Company,
            touched.Select(t => new RecordEvent(t.Parent.Of(connection.Id), t.EventId)
            {
                Bulk = t.Bulk,
                Requested = requested,
            }),
            time.GetUtcNow(),
            cancellationToken
        );

    private ParentVerdict VerdictOn(Connection connection, ParentKey parent, KeyMapEntry row, RecordWork child)
    {
        var now = time.GetUtcNow();
        return ParentVerdict.For(
            parent,
            row,
            flows.Of(parent.Flow),
            connection.Settings.Syncs(parent.Flow, parent.SourceId),
            now - child.FirstSeen,
            now
        );
    }

    private async Task<Dictionary<ParentKey, KeyMapEntry>> RowsAsync(
        Connection connection,
        IEnumerable<ParentKey> parents,
        CancellationToken cancellationToken
    )
    {
        var rows = new Dictionary<ParentKey, KeyMapEntry>();
        foreach (var flow in parents.Distinct().GroupBy(p => p.Flow))
        {
            foreach (
                var (id, entry) in await keyMap.GetManyAsync(
                    connection.Id,
                    flow.Key,
                    [.. flow.Select(p => p.SourceId)],
                    cancellationToken
                )
            )
                rows[new ParentKey(flow.Key, id)] = entry;
        }

        return rows;
    }

    /// <summary>In shadow mode no parent ever gets a counterpart, so nobody waits for one.</summary>
    private static Task EndInShadowAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, ParentKey> parents,
        Dictionary<ParentKey, KeyMapEntry> rows,
        CancellationToken cancellationToken
    ) =>
        pass.SaveShadowAsync(
            [
                .. pass
                    .Open.Where(w => parents.TryGetValue(w.SourceId, out var parent) && rows[parent].TargetId is null)
                    .ToList()
                    .Select(w =>
                        pass[w.SourceId]
                            .Skip(pass.Now, $"{RecordPass.ShadowMode} would be written after {parents[w.SourceId]}.")
                    ),
            ],
            cancellationToken
        );

    private Task SendForAsync(
        Connection connection,
        Dictionary<ParentKey, bool> wanted,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        return TouchAsync(
            connection,
            [.. wanted.Select(w => (w.Key, EventIds.ParentWanted(w.Key.Of(connection.Id), now), w.Value))],
            requested: false,
            cancellationToken
        );
    }
}
