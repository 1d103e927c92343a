using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Lists;

/// <summary>One order of a module's records: by a field, and by uid where that is equal.</summary>
internal sealed class SortedRecords(ZuperModule module, string sortBy, bool descending)
{
    /// <summary>All records that a filter lets through, in this order.</summary>
    public List<JsonObject> Of(RecordSet set, Func<JsonObject, bool> filter)
    {
        var ascending = set.Sorted(sortBy);
        var found = new List<JsonObject>();
        for (var i = 0; i < ascending.Count; i++)
        {
            var record = ascending[descending ? ascending.Count - 1 - i : i];
            if (filter(record))
                found.Add(record);
        }
        return found;
    }

    /// <summary>Some records in this order.</summary>
    public List<JsonObject> Of(IEnumerable<JsonObject> few, Func<JsonObject, bool> filter) =>
        [.. few.Where(filter).OrderBy(Key, Comparer<(decimal Number, string Text, string Uid)>.Create(Compare))];

    /// <summary>What a record is sorted by; numbers before text.</summary>
    public (decimal Number, string Text, string Uid) Key(JsonObject record) =>
        record[sortBy]?.GetValueKind() == JsonValueKind.Number
            ? (record.Number(sortBy), "", Uid(record))
            : (decimal.MaxValue, record.Text(sortBy) ?? "", Uid(record));

    public int Compare((decimal Number, string Text, string Uid) x, (decimal Number, string Text, string Uid) y)
    {
        var order = x.Number.CompareTo(y.Number);
        if (order == 0)
            order = string.CompareOrdinal(x.Text, y.Text);
        if (order == 0)
            order = string.CompareOrdinal(x.Uid, y.Uid);
        return descending ? -order : order;
    }

    /// <summary>How many of the sorted records stand before a key.</summary>
    public int Place(
        IReadOnlyList<JsonObject> sorted,
        (decimal Number, string Text, string Uid) key,
        Func<JsonObject, (decimal Number, string Text, string Uid)> keyOf
    )
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Compare(keyOf(sorted[middle]), key) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private string Uid(JsonObject record) => record.Text(module.UidField) ?? "";
}
