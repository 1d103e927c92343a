using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Detection.Intacct;

/// <summary>Which records of a flow the deletions in Intacct's audit history may be of.</summary>
public sealed class DeletedRecords(RecordQuery records)
{
    private const int ScanPage = 200;

    /// <summary>Asks for the deletions of a window.</summary>
    /// <remarks>
    /// Whether ACCESSTIME follows the user's offset, as WHENMODIFIED does, or is GMT, as AUWHENCREATED is, is not
    /// documented. So the window is asked for by both readings; a deletion that is told twice is taken once.
    /// </remarks>
    internal static IntacctQuery QueryOf(
        IReadOnlyList<IntacctFeed> objects,
        DateTimeOffset from,
        DateTimeOffset to,
        TimeSpan offset
    )
    {
        var (earlier, later) = offset < TimeSpan.Zero ? (offset, TimeSpan.Zero) : (TimeSpan.Zero, offset);
        var query = AuditDeletion.Query([.. Holding(objects).Select(o => o.Object)], IntacctTime.Format(from, earlier));
        return query with
        {
            Filter = QueryFilter.And(
                query.Filter,
                QueryFilter.LessThanOrEqualTo("ACCESSTIME", IntacctTime.Format(to, later))
            ),
        };
    }

    /// <summary>The objects whose rows are records of the flow.</summary>
    private static IEnumerable<IntacctFeed> Holding(IReadOnlyList<IntacctFeed> objects) =>
        objects.Where((o, i) => i == 0 || o.HoldsRecords);

    /// <summary>A deletion that says too little is passed over; the others are still read.</summary>
    internal static AuditDeletion? TryRead(IntacctRecord record)
    {
        try
        {
            return AuditDeletion.Read(record);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>
    /// The records that a deletion may be of. The audit history may name a record by another key than its RECORDNO; the
    /// flow keeps that key among the record's parts. If the key could be either, both records are sent: one that still
    /// exists is then read and found unchanged.
    /// </summary>
    internal async Task<IReadOnlyList<(string SourceId, string At)>> SourceIdsAsync(
        ConnectionId connection,
        FlowName flow,
        IReadOnlyList<IntacctFeed> objects,
        IReadOnlyList<AuditDeletion> gone,
        CancellationToken cancellationToken
    )
    {
        var deleted = Holding(objects).ToDictionary(o => o.Object.ToLowerInvariant(), o => o, StringComparer.Ordinal);
        var known = gone.Where(d => deleted.ContainsKey(d.ObjectType)).ToList();
        var found = known.Select(d => (SourceId: deleted[d.ObjectType].SourceIdPrefix + d.Key, d.At)).ToList();
        var byRecordNo = known
            .Where(d => d.RecordNo is not null && deleted[d.ObjectType].SourceIdField != "RECORDNO")
            .DistinctBy(d => d.RecordNo, StringComparer.Ordinal)
            .ToDictionary(d => d.RecordNo!, d => d.At, StringComparer.Ordinal);
        if (byRecordNo.Count == 0)
            return found;
        string? next = null;
        do
        {
            var page = await records.ListAsync(connection, flow, null, null, next, ScanPage, cancellationToken);
            found.AddRange(
                page.Items.Where(e => e.Parts is not null)
                    .Select(e => (e.Key.SourceId, RecordNo: objects[0].RecordNoIn(e.Parts!) ?? ""))
                    .Where(e => byRecordNo.ContainsKey(e.RecordNo))
                    .Select(e => (e.SourceId, byRecordNo[e.RecordNo]))
            );
            next = page.Next;
        } while (next is not null);

        return [.. found.DistinctBy(f => f.SourceId, StringComparer.Ordinal)];
    }
}
