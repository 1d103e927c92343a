using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Pipeline;

/// <summary>
/// Notes in their rows that records wait, while their connection can't be worked: it is stopped, or its systems give no
/// answers. So what waits is counted and shows as lag.
/// </summary>
public sealed class WaitingRecords(KeyMapStore keyMap, TimeProvider time)
{
    /// <param name="connection">The connection, which is active.</param>
    /// <param name="envelopes">Its envelopes, of any kind.</param>
    /// <param name="reason">What keeps it from its work.</param>
    /// <param name="cancellationToken">Ends the waiting for the store.</param>
    internal async Task NoteAsync(
        Connection connection,
        IReadOnlyList<ReceivedEnvelope> envelopes,
        Problem reason,
        CancellationToken cancellationToken
    )
    {
        // What comes again was noted when it first came.
        var current = envelopes.Where(e => e.Envelope is { Attempt: 0 } one && !FlowRunner.IsOfFormer(connection, one));
        foreach (var group in BatchPlan.Of(current, connection.Settings.Flows).Records)
        {
            var records = group
                .Records.Where(r => connection.Settings.Syncs(group.Flow, r[0].Envelope.SourceId!))
                .ToList();
            var entries = await keyMap.GetManyAsync(
                connection.Id,
                group.Flow,
                [.. records.Select(r => r[0].Envelope.SourceId!)],
                cancellationToken
            );

            // A row that waits already says since when.
            var now = time.GetUtcNow();
            var rows = records
                .Where(r => entries[r[0].Envelope.SourceId!] is { PendingSince: null, Intent: null })
                .Where(r => RecordPlan.WorkOf(r, entries[r[0].Envelope.SourceId!], now) is not null)
                .Select(r =>
                    RecordPlan
                        .Asked(entries[r[0].Envelope.SourceId!], r)
                        .Wait(now, r.Min(e => e.Envelope.FirstSeen), reason.Message)
                )
                .ToList();
            if (rows.Count > 0)
                await keyMap.SaveAsync(rows, cancellationToken);
        }
    }
}
