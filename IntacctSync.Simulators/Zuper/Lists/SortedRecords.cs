using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Lists;

/// <summary>One order of a module's records: by a field, and by uid where that is equal.</summary>
internal sealed class SortedRecords(ZuperModule module, string sortBy, bool descending) : IComparer<(decimal Number, string Text, string Uid)>
{
    public List<JsonObject> Sort(IEnumerable<JsonObject> records) => [.. records.OrderBy(Key, this)];

    /// <summary>What a record is sorted by; numbers before text.</summary>
    public (decimal Number, string Text, string Uid) Key(JsonObject record) => record[sortBy]?.GetValueKind() == JsonValueKind.Number
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

    private string Uid(JsonObject record) => record.Text(module.UidField) ?? "";
}
