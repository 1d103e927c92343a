using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Detection;

/// <summary>
/// What a person asks for, record by record. Each only changes the record's row and sends an envelope; the road does
/// the rest.
/// </summary>
public sealed class PersonRequests(
    ConnectionStore connections,
    KeyMapStore keyMap,
    RecordQuery records,
    CounterpartLinks links,
    WaitingChildren children,
    IEnvelopeQueue queue,
    Poller poller,
    IIdSource ids,
    TimeProvider time
)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a link takes to be stored.</summary>
    private static readonly TimeSpan LinkAhead = TimeSpan.FromMinutes(2);

    /// <returns>False when no such record is known.</returns>
    public async Task<bool> RetryAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        // The row is changed first, since the envelope of an ignored record would be dropped.
        if (
            await ChangeAsync(
                connection,
                flow,
                sourceId,
                e => e.Ignored ? e with { Ignored = false } : e,
                cancellationToken
            )
            is not { } entry
        )
            return false;
        await SendAsync(connection, flow, [sourceId], EventIds.Asked, cancellationToken);

        // If another worker has written the row meanwhile, the retry is already under way, and its row must not be set
        // back to waiting.
        await keyMap.SaveAsync([Asked(entry, "A retry was asked for.")], cancellationToken);
        return true;
    }

    /// <summary>
    /// Retries all records that need a person or were given up; where a cause or a flow is named, only those of it.
    /// </summary>
    /// <returns>How many records.</returns>
    public async Task<int> RetryAllAsync(
        Connection connection,
        FlowName? flow,
        string? code,
        CancellationToken cancellationToken
    )
    {
        var count = 0;
        foreach (var name in connection.Settings.Flows.Select(f => f.Name).Where(f => flow is null || f == flow))
        {
            foreach (
                var chunk in (await records.WithCauseAsync(connection.Id, name, code, cancellationToken)).Chunk(100)
            )
            {
                var entries = await keyMap.GetManyAsync(connection.Id, name, chunk, cancellationToken);
                var asked = entries
                    .Values.Where(e => e.Stored is not null)
                    .Select(e => Asked(e, "A retry of all with this cause was asked for."))
                    .ToList();
                await SendAsync(
                    connection,
                    name,
                    [.. asked.Select(e => e.Key.SourceId)],
                    EventIds.CauseAsked,
                    cancellationToken
                );
                await keyMap.SaveAsync(asked, cancellationToken);
                count += asked.Count;
            }
        }

        return count;
    }

    /// <summary>
    /// Says what a record's counterpart is. It is taken from another record only if that one is ignored, or is no more.
    /// </summary>
    /// <param name="connection">Whose record.</param>
    /// <param name="flow">Its flow.</param>
    /// <param name="sourceId">Its id at the source.</param>
    /// <param name="targetId">The counterpart's own id.</param>
    /// <param name="isOut">Whether another record, by its source id, is deleted or cancelled at its source; null where
    /// nobody has looked.</param>
    /// <param name="cancellationToken">Stops before the link is stored.</param>
    public async Task<LinkOutcome> LinkAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        string targetId,
        Func<string, Task<bool>>? isOut,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var (owner, freed) = await FreeAsync(connection, flow, sourceId, targetId, isOut, cancellationToken);
            if (owner is not null && freed is null)
                return new LinkOutcome(false, owner);
            var key = new SyncKey(connection.Id, flow, sourceId);
            var entry = await keyMap.GetAsync(key, cancellationToken) ?? new KeyMapEntry { Key = key };

            // The outcome of an open write would overwrite the link. So this is checked on the very row that is
            // changed.
            if (entry.Intent is not null)
                return new LinkOutcome(false, null);

            // Sent before the row is changed, so that it never waits for an envelope that was not sent. It comes a
            // while later, since it must not be worked off before the link is stored; another one comes at once.
            await SendAsync(connection, flow, [sourceId], EventIds.Asked, LinkAhead, cancellationToken);
            var linked = Asked(
                entry with
                {
                    TargetId = targetId,
                    NaturalKey = null,
                    Hash = null,
                    Fingerprints = null,
                    Adopted = true,
                    WriteBack = WriteBack.Due,
                    Ignored = false,
                },
                $"Linked to {targetId} by hand."
            );

            // The one that gives the counterpart up is stored first. If the process dies then, the counterpart is
            // nobody's, which the record that is to have it still says.
            var saved = await keyMap.SaveAsync(freed is null ? [linked] : [freed, linked], cancellationToken);
            if (!saved.TryGetValue(sourceId, out var stored))
                continue;
            await SendAsync(connection, flow, [sourceId], EventIds.Asked, cancellationToken);
            await children.ReleaseAsync(connection, stored, cancellationToken);
            return new LinkOutcome(true, null);
        }
    }

    /// <summary>
    /// Whose a counterpart is, if it is another record's; and that one's row without it, if it may be taken.
    /// </summary>
    private async Task<(string? Owner, KeyMapEntry? Freed)> FreeAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        string targetId,
        Func<string, Task<bool>>? isOut,
        CancellationToken cancellationToken
    )
    {
        var owners = await links.FindAsync(connection, flow, [targetId], cancellationToken);
        if (owners.Values.FirstOrDefault() is not { } owner || owner == sourceId)
            return (null, null);
        var row = await keyMap.GetAsync(new SyncKey(connection.Id, flow, owner), cancellationToken);
        var isFree =
            row is { TargetId: not null, Intent: null } && (row.Ignored || (isOut is not null && await isOut(owner)));
        return (
            owner,
            isFree
                ? row!.GiveUp(
                    time.GetUtcNow(),
                    $"Its counterpart {targetId} was linked to the record {sourceId} by hand."
                )
                : null
        );
    }

    /// <returns>False when no such record is known.</returns>
    public async Task<bool> IgnoreAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        var ignored = await ChangeAsync(
            connection,
            flow,
            sourceId,
            e =>
                e.Ignore(
                    time.GetUtcNow(),
                    string.IsNullOrWhiteSpace(reason) ? "Ignored by hand." : $"Ignored by hand: {reason}"
                ),
            cancellationToken
        );
        if (ignored is not null)
            await children.ReleaseAsync(connection, ignored, cancellationToken);
        return ignored is not null;
    }

    /// <summary>Puts a deactivated connection to work again; its feeds are read from where they stood.</summary>
    /// <returns>False when there is no such connection.</returns>
    public async Task<bool> ActivateAsync(ConnectionId id, CancellationToken cancellationToken)
    {
        if (
            await connections.ChangeAsync(id, c => c with { Active = true, Stop = null }, cancellationToken)
            is not { } connection
        )
            return false;
        await poller.WakeAsync(connection, [.. connection.Settings.Flows.Select(f => f.Name)], cancellationToken);
        return true;
    }

    private KeyMapEntry Asked(KeyMapEntry entry, string detail) =>
        (entry with { Requested = true }).Wait(time.GetUtcNow(), time.GetUtcNow(), detail);

    private async Task<KeyMapEntry?> ChangeAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        Func<KeyMapEntry, KeyMapEntry> change,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var key = new SyncKey(connection.Id, flow, sourceId);
            if (await keyMap.GetAsync(key, cancellationToken) is not { } entry)
                return null;
            var changed = change(entry);
            if (changed == entry && entry.Stored is not null)
                return entry;
            var saved = await keyMap.SaveAsync([changed], cancellationToken);
            if (saved.Count > 0)
                return saved.GetValueOrDefault(sourceId);
        }
    }

    private Task SendAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyCollection<string> sourceIds,
        Func<IIdSource, string> eventId,
        CancellationToken cancellationToken
    ) => SendAsync(connection, flow, sourceIds, eventId, Ahead, cancellationToken);

    private Task SendAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyCollection<string> sourceIds,
        Func<IIdSource, string> eventId,
        TimeSpan ahead,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();

        // The envelopes are sent before the rows are changed. An envelope too many does no harm, but a row that waits
        // for an envelope that was never sent would wait for ever.
        return queue.SendRecordsAsync(
            connection.Company,
            sourceIds.Select(id => new RecordEvent(new SyncKey(connection.Id, flow, id), eventId(ids))
            {
                Bulk = false,
                Requested = true,
                NotBefore = now + ahead,
            }),
            now,
            cancellationToken
        );
    }
}

/// <summary>How a link by hand ended.</summary>
/// <param name="Taken">False if another record is linked to that counterpart, if the outcome of a write of this record
/// is still unknown, or if the two don't fit.</param>
/// <param name="Owner">The other record, if that is why.</param>
/// <param name="Refusal">Why the two don't fit, in words, if that is why.</param>
public sealed record LinkOutcome(bool Taken, string? Owner, string? Refusal = null)
{
    /// <summary>Why it was not taken, in words.</summary>
    /// <param name="targetId">What the person said is the counterpart.</param>
    /// <param name="owner">What people call the other record; null to leave it unnamed.</param>
    public string Why(string targetId, string? owner) =>
        Refusal is { } refusal ? refusal
        : Owner is null
            ? "A write of this record got no answer, so it is not known what became of it: while it is in doubt it is "
                + "looked for by itself, else retry it first. Link it once that is known."
        : $"'{targetId}' is the counterpart of another record already{(owner is null ? "" : $", '{owner}'")}: link "
            + "that one to another counterpart or ignore it first, or choose another one here.";
}
