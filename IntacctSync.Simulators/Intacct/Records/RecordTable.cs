using System.Globalization;

namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>The records of one object, found by RECORDNO and by name field.</summary>
internal sealed class RecordTable(ObjectDefinition definition, RecordNumbers numbers)
{
    private readonly Dictionary<int, StoredRecord> _rows = [];
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FieldIndex> _indexes = definition.Indexed.ToDictionary(
        f => f,
        f => new FieldIndex(f),
        StringComparer.Ordinal
    );

    public ObjectDefinition Definition => definition;

    public int NextRecordNo() => numbers.Next();

    /// <summary>The number given last; 0 = none yet.</summary>
    public int LastRecordNo => numbers.Last;

    public StoredRecord? Find(int recordNo) => _rows.TryGetValue(recordNo, out var row) && !row.Deleted ? row : null;

    public StoredRecord? Find(string key) => _byKey.TryGetValue(key, out var recordNo) ? Find(recordNo) : null;

    /// <summary>The records whose indexed field has a value, in the order of their numbers.</summary>
    public IReadOnlyList<StoredRecord> FindAll(string field, string value) =>
        [.. _indexes[field].Find(value).Select(Find).OfType<StoredRecord>()];

    /// <inheritdoc cref="FindAll(string, string)"/>
    public IReadOnlyList<StoredRecord> FindAll(string field, int value) =>
        FindAll(field, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The records that can have one of the values; null where nothing speeds that up.</summary>
    public IEnumerable<StoredRecord>? Candidates(string field, IEnumerable<string> values)
    {
        if (field == "RECORDNO")
            return values
                .Select(v =>
                    int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? Find(number)
                        : null
                )
                .OfType<StoredRecord>();
        return _indexes.ContainsKey(field) ? values.SelectMany(v => FindAll(field, v)) : null;
    }

    /// <summary>The records that were there at an instant; all that are there now where it is null.</summary>
    public IEnumerable<StoredRecord> Rows(DateTimeOffset? asOf) =>
        asOf is { } instant
            ? _rows.Values.Select(r => r.AsOf(instant)).OfType<StoredRecord>()
            : _rows.Values.Where(r => !r.Deleted);

    /// <summary>Puts a version in the place of what is there.</summary>
    /// <returns>What was there, for <see cref="Restore"/>.</returns>
    public StoredRecord? Put(StoredRecord record)
    {
        var before = _rows.GetValueOrDefault(record.RecordNo);
        Restore(record.RecordNo, record.Deleted && record.Previous is null ? null : record);
        return before;
    }

    public void Restore(int recordNo, StoredRecord? record)
    {
        if (_rows.TryGetValue(recordNo, out var before) && !before.Deleted)
            Forget(before);
        if (record is null)
        {
            _rows.Remove(recordNo);
            return;
        }
        _rows[recordNo] = record;
        if (record.Deleted)
            return;
        _byKey[KeyOf(record)] = recordNo;
        foreach (var index in _indexes.Values)
            index.Add(record);
    }

    private void Forget(StoredRecord record)
    {
        _byKey.Remove(KeyOf(record));
        foreach (var index in _indexes.Values)
            index.Remove(record);
    }

    private string KeyOf(StoredRecord record) =>
        definition.KeyField == "RECORDNO"
            ? record.RecordNo.ToString(CultureInfo.InvariantCulture)
            : record[definition.KeyField];
}
