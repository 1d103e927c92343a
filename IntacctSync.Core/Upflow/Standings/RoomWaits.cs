using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>
/// Puts records on the queue whose link was refused because too little was open, once there is room. Their rows name
/// the receivables and credits that they wait for.
/// </summary>
public sealed class RoomWaits(KeyMapStore keyMap, IEnvelopeQueue queue, TimeProvider time)
{
    private const string Mark = "room:";

    /// <summary>How a row names a receivable or credit, by its source id, that it waits for room at.</summary>
    internal static string NameOf(string sourceId) => Mark + sourceId;

    /// <param name="connection">Whose records.</param>
    /// <param name="freed">What got room, by source id.</param>
    /// <param name="but">Records that are at hand anyway, by source id.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    internal Task ReleaseAsync(
        Connection connection,
        IEnumerable<string> freed,
        IReadOnlySet<string> but,
        CancellationToken cancellationToken
    ) => ReleaseNamedAsync(connection, freed.Select(NameOf), but, cancellationToken);

    /// <summary>Puts on the queue what names any of these among what it waits for.</summary>
    internal async Task ReleaseNamedAsync(
        Connection connection,
        IEnumerable<string> names,
        IReadOnlySet<string> but,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var released = new Dictionary<SyncKey, string>();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            foreach (var flow in new[] { UpflowFlows.CreditNotes, UpflowFlows.Payments })
            {
                foreach (var id in await keyMap.FindWaitingAsync(connection.Id, flow, name, cancellationToken))
                {
                    if (!but.Contains(id))
                        released[new SyncKey(connection.Id, flow, id)] = name;
                }
            }
        }

        if (released.Count > 0)
            await queue.SendAsync(
                [
                    .. released.Select(r => new OutgoingEnvelope(
                        Envelope.ForRecord(
                            r.Key,
                            connection.Company,
                            EventIds.InvoiceLinked(connection.Id, $"{r.Key.Flow}/{r.Key.SourceId}", r.Value, now),
                            now
                        ) with
                        {
                            Bulk = true,
                        }
                    )),
                ],
                cancellationToken
            );
    }
}
