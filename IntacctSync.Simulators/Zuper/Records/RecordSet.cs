using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Lists;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>The records of one module, in the order they were made.</summary>
internal sealed class RecordSet(ZuperModule module)
{
    private readonly Dictionary<string, JsonObject> _byUid = new(StringComparer.Ordinal);
    private readonly List<JsonObject> _all = [];
    private readonly Dictionary<string, SortIndex> _sorted = new(StringComparer.Ordinal);

    public ZuperModule Module => module;

    public IReadOnlyList<JsonObject> All => _all;

    /// <summary>Counts the writes, so that what was derived from the records can be told to be old.</summary>
    public int Version { get; private set; }

    public bool TryGet(string? uid, [MaybeNullWhen(false)] out JsonObject record)
    {
        record = null;
        return uid is not null && _byUid.TryGetValue(uid, out record);
    }

    public void Add(string uid, JsonObject record)
    {
        _byUid.Add(uid, record);
        _all.Add(record);
        Touched(record);
    }

    /// <summary>To be said of each record that was changed.</summary>
    public void Touched(JsonObject record)
    {
        Version++;
        foreach (var index in _sorted.Values)
            index.Touch(record);
    }

    /// <summary>All records by a field, ascending.</summary>
    public IReadOnlyList<JsonObject> Sorted(string field)
    {
        if (!_sorted.TryGetValue(field, out var index))
            _sorted[field] = index = new SortIndex(new SortedRecords(module, field, descending: false), _all);
        return index.Read();
    }
}
