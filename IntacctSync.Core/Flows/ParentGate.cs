using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Flows;

/// <summary>
/// Parents first: a record that refers to one without a counterpart waits for it, and the parent is put on the queue.
/// Nobody is failed for a parent that will come; one that will never come needs a person.
/// </summary>
public sealed class ParentGate(KeyMapStore keyMap, IEnvelopeQueue queue, TimeProvider time)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Where a person is waited for: the child is sent for when its parent has come to another end, so this is only for
    /// what was missed.
    /// </summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(12);

    /// <summary>
    /// Looks up the parents of the records of a pass; a record whose parent has no counterpart yet ends, and the parent
    /// is sent for.
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
            if (!parents.ContainsKey(work.SourceId))
                continue;
            var parent = parents[work.SourceId];
            var row = rows[parent];
            if (row.TargetId is not null)
            {
                passed[work.SourceId] = row;
                continue;
            }

            var verdict = Judge(parent, row, connection.Settings, time.GetUtcNow() - work.FirstSeen);
            Hold(pass, work.SourceId, parent, verdict.Failure);
            if (verdict.SendFor)
                wanted[parent] = wanted.GetValueOrDefault(parent, true) && work.Bulk;
        }

        await SendForAsync(connection, wanted, cancellationToken);
        return passed;
    }

    /// <summary>
    /// Ends a record for the sake of one that it belongs to, by which it is found when that one has its counterpart.
    /// </summary>
    internal static void Hold(RecordPass pass, string sourceId, ParentKey parent, Failure failure)
    {
        pass.Put(pass[sourceId] with { WaitsFor = parent.ToString() });
        pass.Fail(sourceId, failure);
    }

    /// <summary>
    /// Records that were put off for a parent which has no counterpart yet are put off again, without asking their
    /// source for them.
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
            var verdict = Judge(parent, rows[parent], connection.Settings, time.GetUtcNow() - work.FirstSeen);
            if (verdict.Failure.Class == FailureClass.Data)
                continue;
            putOff[work.SourceId] = verdict.Failure;
            if (verdict.SendFor)
                wanted[parent] = wanted.GetValueOrDefault(parent, true) && work.Bulk;
        }

        await SendForAsync(connection, wanted, cancellationToken);
        return putOff;
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

    /// <summary>Puts records on the queue because another one changed that they are made from.</summary>
    public Task TouchAsync(
        Connection connection,
        IEnumerable<(ParentKey Parent, string EventId, bool Bulk)> touched,
        CancellationToken cancellationToken
    ) => SendAsync([.. touched.Select(t => EnvelopeFor(connection, t.Parent, t.EventId, t.Bulk))], cancellationToken);

    /// <summary>What a parent without a counterpart means for its child. Pure.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="row">What the key map knows of it.</param>
    /// <param name="settings">The connection's.</param>
    /// <param name="age">How long the child has waited.</param>
    internal static (Failure Failure, bool SendFor) Judge(
        ParentKey parent,
        KeyMapEntry row,
        ConnectionSettings settings,
        TimeSpan age
    )
    {
        var name = row.Title is { Length: > 0 } title ? $"'{title}' ({parent})" : parent.ToString();
        return row switch
        {
            { Ignored: true } => (
                Never(
                    ParentProblems.Ignored,
                    $"It belongs to {name}, which is ignored.",
                    $"Retry or link {name}, or ignore this record as well."
                ),
                false
            ),
            _ when !settings.Syncs(parent.Flow, parent.SourceId) => (
                Never(
                    ParentProblems.NotSynced,
                    $"It belongs to {name}, and {parent.Flow} are not synced.",
                    $"Switch {parent.Flow} on, or link {name} by hand, then retry."
                ),
                false
            ),

            { State: RecordState.Skipped }
                when !settings.LooksAgainAt(parent.Flow, parent.SourceId)
                    && !LastOf(row).StartsWith(RecordPass.ShadowMode, StringComparison.Ordinal) => (
                Never(
                    ParentProblems.Skipped,
                    $"It belongs to {name}, which is not synced: {LastOf(row)}",
                    $"Restore {name} in {settings.Profile.Title}, or link it by hand, then retry."
                ),
                false
            ),
            { State: RecordState.NeedsAction or RecordState.Dead } => (
                Waits(name, $", which needs a person: {row.Problem?.Message}", age, LongestHold),
                false
            ),
            _ => (Waits(name, "", age, LongestWait), row.State != RecordState.InDoubt),
        };
    }

    private static string LastOf(KeyMapEntry row) => row.Timeline is [.., var last] ? last.Detail : "";

    private static Failure Waits(string name, string why, TimeSpan age, TimeSpan longest) =>
        new(
            FailureClass.Throttled,
            new Problem("parent-waits", $"Waits for {name}{why}", "Nothing: it goes on when that has its counterpart."),
            TimeSpan.FromTicks(Math.Clamp(age.Ticks / 2, ShortestWait.Ticks, longest.Ticks))
        );

    private static Failure Never(string code, string message, string fix) =>
        new(FailureClass.Data, new Problem(code, message, fix));

    private Task SendForAsync(
        Connection connection,
        Dictionary<ParentKey, bool> wanted,
        CancellationToken cancellationToken
    )
    {
        // One envelope a minute for a parent, however many children ask for it.
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        return SendAsync(
            [
                .. wanted.Select(w =>
                    EnvelopeFor(
                        connection,
                        w.Key,
                        "parent-"
                            + ShortHash.Of(
                                string.Create(CultureInfo.InvariantCulture, $"{connection.Id}\n{w.Key}\n{minute}"),
                                26
                            ),
                        w.Value
                    )
                ),
            ],
            cancellationToken
        );
    }

    private Task SendAsync(IReadOnlyList<OutgoingEnvelope> envelopes, CancellationToken cancellationToken) =>
        envelopes.Count == 0 ? Task.CompletedTask : queue.SendAsync(envelopes, cancellationToken);

    private OutgoingEnvelope EnvelopeFor(Connection connection, ParentKey parent, string eventId, bool bulk) =>
        new(
            new Envelope
            {
                Kind = EnvelopeKind.Record,
                Connection = connection.Id,
                Company = connection.Company,
                Flow = parent.Flow,
                SourceId = parent.SourceId,
                EventId = eventId,
                FirstSeen = time.GetUtcNow(),
                Bulk = bulk,
            }
        );
}
