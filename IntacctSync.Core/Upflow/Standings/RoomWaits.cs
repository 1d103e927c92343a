using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>
/// Puts records on the queue whose link was refused because too little was open, once there is room. Their rows name
/// the receivables and credits that they wait for.
/// </summary>
public sealed class RoomWaits(KeyMapStore keyMap, NamedWaits waits)
{
    /// <summary>The flows whose records make links, or are linked.</summary>
    private static readonly FlowName[] Flows = [UpflowFlows.Invoices, UpflowFlows.CreditNotes, UpflowFlows.Payments];

    /// <summary>
    /// The names of what a link of a record takes up: its receivable, and the credit that pays it. The same names are
    /// kept for records that were left out and may yet come.
    /// </summary>
    internal static IEnumerable<string> NamesOf(SyncKey record, string linkKey) =>
        StandingKey.EndsOf(linkKey).Append(new ParentKey(record.Flow, record.SourceId)).Select(k => k.ToString());

    /// <summary>
    /// Puts on the queue what waits for the room that steps will make. It is done before them: a crash in between then
    /// has it looked at once too often, and never too seldom.
    /// </summary>
    internal Task ReleaseAsync(
        IReadOnlyCollection<(StandingWork Work, IReadOnlyList<StandingStep> Steps)> steps,
        CancellationToken cancellationToken
    ) =>
        steps.Count == 0
            ? Task.CompletedTask
            : ReleaseAsync(
                steps.First().Work.Records.Batch.Connection,
                steps.SelectMany(s => s.Steps.SelectMany(step => NamesOf(s.Work.Entry.Key, step.Key))),
                cancellationToken
            );

    /// <summary>
    /// Puts on the queue what waits for the records of a batch, where their counterparts were made or have changed. It
    /// is safe to repeat.
    /// </summary>
    internal async Task ReleaseAsync(EndedBatch batch, CancellationToken cancellationToken)
    {
        var after = await keyMap.GetManyAsync(
            batch.Connection.Id,
            batch.Flow,
            [.. batch.Before.Select(e => e.Key.SourceId)],
            cancellationToken
        );
        await ReleaseAsync(
            batch.Connection,
            batch
                .Before.Where(e =>
                    batch.Repeated.Contains(e.Key.SourceId)
                    || e.TargetId != after[e.Key.SourceId].TargetId
                    || e.Hash != after[e.Key.SourceId].Hash
                )
                .Where(e => after[e.Key.SourceId].TargetId is not null)
                .Select(e => new ParentKey(e.Key.Flow, e.Key.SourceId).ToString()),
            cancellationToken
        );
    }

    /// <summary>Puts on the queue what names any of these among what it waits for.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="names">Flows and source ids, as <see cref="ParentKey"/> writes them.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    internal Task ReleaseAsync(Connection connection, IEnumerable<string> names, CancellationToken cancellationToken) =>
        waits.ReleaseAsync(connection, Flows, names, EventIds.RoomMade, cancellationToken);
}
