using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Waiting;

/// <summary>
/// Puts records on the queue that wait for something that is known to them by a name: the number of an invoice, the
/// room of a receivable. Their rows keep the names.
/// </summary>
public sealed class NamedWaits(KeyMapStore keyMap, IEnvelopeQueue queue, TimeProvider time)
{
    /// <summary>A record that waits for several of the names is sent once.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="flows">The flows whose records may wait for them.</param>
    /// <param name="names">As the rows have them.</param>
    /// <param name="eventOf">Names the event for a record, by the name that it waited for and the time.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public async Task ReleaseAsync(
        Connection connection,
        IReadOnlyCollection<FlowName> flows,
        IEnumerable<string> names,
        Func<SyncKey, string, DateTimeOffset, string> eventOf,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var released = new Dictionary<SyncKey, string>();
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            foreach (var flow in flows)
            {
                foreach (var id in await keyMap.FindWaitingAsync(connection.Id, flow, name, cancellationToken))
                    released[new SyncKey(connection.Id, flow, id)] = name;
            }
        }

        await queue.SendRecordsAsync(
            connection.Company,
            released.Select(r => new RecordEvent(r.Key, eventOf(r.Key, r.Value, now))),
            now,
            cancellationToken
        );
    }
}
