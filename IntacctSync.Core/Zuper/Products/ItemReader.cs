using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Zuper.Products;

/// <summary>
/// Reads the items of a pass from Intacct in one query. An item that the poll brought is not read again, if what it
/// brought can't be older.
/// </summary>
public sealed class ItemReader(IntacctClient intacct, UserTimes times)
{
    private const string Object = "ITEM";

    /// <summary>So many linked items must be missing together to be doubted.</summary>
    private const int ManyGone = 5;

    /// <summary>
    /// The items by ITEMID. An item that Intacct does not have is not among them; a record that can't be read ends.
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, ItemRecord>> ReadAsync(
        RecordPass pass,
        CancellationToken cancellationToken
    )
    {
        var items = new Dictionary<string, ItemRecord>(StringComparer.Ordinal);
        foreach (var work in pass.Open.Where(IsFresh).ToList())
            Read(pass, work.SourceId, RowSnapshot.Read(Object, work.Snapshot!), items);
        var wanted = pass.Open.Where(w => !items.ContainsKey(w.SourceId)).Select(w => w.SourceId).ToList();
        if (wanted.Count == 0)
            return items;

        var query = new IntacctQuery(Object, ItemRecord.Fields) { Filter = QueryFilter.In("ITEMID", wanted) };
        await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
        {
            if (row["ITEMID"]?.Trim() is { } id && wanted.Contains(id, StringComparer.Ordinal))
                Read(pass, id, row, items);
        }

        Doubt(pass, wanted, items);
        return items;
    }

    /// <summary>When the item changed, by Intacct's clock.</summary>
    internal async Task<DateTimeOffset?> VersionAsync(
        RecordPass pass,
        ItemRecord? item,
        CancellationToken cancellationToken
    ) =>
        item?.WhenModified is { } text
        && IntacctTime.TryParse(
            text,
            await times.OffsetAsync(
                pass.Batch.Connection,
                pass.Batch.Access.Intacct,
                pass.Batch.MayUse,
                cancellationToken
            ),
            out var time
        )
            ? time.ToUniversalTime()
            : null;

    /// <summary>
    /// Whether what the poll brought is newer than what was last looked at. Of the same second, it may be older.
    /// </summary>
    private static bool IsFresh(RecordWork work) =>
        work.Snapshot is not null
        && work.SnapshotVersion is { } version
        && (work.Entry.Version is not { } known || version > known);

    private static void Read(RecordPass pass, string itemId, IntacctRecord row, Dictionary<string, ItemRecord> items)
    {
        try
        {
            items[itemId] = ItemRecord.Read(row);
        }
        catch (FormatException e)
        {
            pass.Fail(
                itemId,
                new Failure(
                    FailureClass.Data,
                    new Problem("item-unreadable", e.Message, "Correct the item in Intacct, then retry.")
                )
            );
        }
    }

    /// <summary>
    /// Where many linked items are asked for and none is shown, the user's rights have more likely changed than all of
    /// them gone. No product is withdrawn for that.
    /// </summary>
    private static void Doubt(RecordPass pass, List<string> wanted, Dictionary<string, ItemRecord> items)
    {
        var gone = pass
            .Open.Where(w => pass[w.SourceId].TargetId is not null && !items.ContainsKey(w.SourceId))
            .ToList();
        if (gone.Count < ManyGone || gone.Count < wanted.Count)
            return;
        foreach (var work in gone)
        {
            pass.Fail(
                work.SourceId,
                new Failure(
                    FailureClass.Data,
                    new Problem(
                        "intacct-records-missing",
                        $"None of {gone.Count} linked items that were asked for is shown by Intacct.",
                        "Check that the connection's company, entity and user still see these items, then retry."
                    )
                )
            );
        }
    }
}
