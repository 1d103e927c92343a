namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>The records of one object, found by RECORDNO and by name field.</summary>
internal sealed class RecordTable(ObjectDefinition definition)
{
    private readonly Dictionary<int, StoredRecord> _rows = [];
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
    private int _last;

    public ObjectDefinition Definition => definition;

    /// <summary>Numbers grow, and one that was given is not given again, rolled back or not.</summary>
    public int NextRecordNo() => ++_last;

    /// <summary>The number given last; 0 = none yet.</summary>
    public int LastRecordNo => _last;

    public StoredRecord? Find(int recordNo) => _rows.TryGetValue(recordNo, out var row) && !row.Deleted ? row : null;

    public StoredRecord? Find(string key) => _byKey.TryGetValue(key, out var recordNo) ? Find(recordNo) : null;

    /// <summary>The records that were there at an instant; all that are there now where it is null.</summary>
    public IEnumerable<StoredRecord> Rows(DateTimeOffset? asOf) => asOf is { } instant
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
            _byKey.Remove(KeyOf(before));
        if (record is null)
        {
            _rows.Remove(recordNo);
            return;
        }
        _rows[recordNo] = record;
        if (!record.Deleted)
            _byKey[KeyOf(record)] = recordNo;
    }

    private string KeyOf(StoredRecord record) =>
        definition.KeyField == "RECORDNO" ? record.RecordNo.ToString(System.Globalization.CultureInfo.InvariantCulture) : record[definition.KeyField];
}
