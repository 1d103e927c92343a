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

    /// <summary>
    /// The items by ITEMID. An item that is taken for deleted is not among them. A record that can't be read ends, and
    /// so does one that is not shown, until it may be taken for deleted (<see cref="AbsenceVerdict"/>).
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

        await AbsentRecords
            .OfIntacct(pass, intacct)
            .JudgeAsync(
                [.. pass.Open.Where(w => wanted.Contains(w.SourceId, StringComparer.Ordinal) && !w.IsLastSaidDeleted)],
                items.ContainsKey,
                static _ => Object,
                (others, token) => ShowsAnyAsync(pass, others, token),
                mayStand: null,
                cancellationToken
            );
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
    /// Whether the row that the poll brought is newer than what was last looked at. Intacct's times are whole seconds,
    /// so a row with the same time may be the older one.
    /// </summary>
    private static bool IsFresh(RecordWork work) =>
        work is { Snapshot: not null, Entry.MissingSince: null }
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

    private async Task<bool> ShowsAnyAsync(
        RecordPass pass,
        IReadOnlyList<string> itemIds,
        CancellationToken cancellationToken
    )
    {
        var query = new IntacctQuery(Object, ["ITEMID"]) { Filter = QueryFilter.In("ITEMID", itemIds) };
        await foreach (var _ in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
            return true;
        return false;
    }
}
