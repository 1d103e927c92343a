using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>The records of one module, in the order they were made.</summary>
internal sealed class RecordSet(ZuperModule module)
{
    private readonly Dictionary<string, JsonObject> _byUid = new(StringComparer.Ordinal);
    private readonly List<JsonObject> _all = [];

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
        Version++;
    }

    public void Touched() => Version++;
}
