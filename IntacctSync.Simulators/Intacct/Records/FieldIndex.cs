namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>Which records have which value in a field; those without a value are not in it.</summary>
internal sealed class FieldIndex(string field)
{
    private readonly Dictionary<string, SortedSet<int>> _numbers = new(StringComparer.Ordinal);

    public IReadOnlyCollection<int> Find(string value) =>
        _numbers.TryGetValue(value, out var numbers) ? [.. numbers] : [];

    public void Add(StoredRecord record)
    {
        if (record[field] is not { Length: > 0 } value)
            return;
        if (!_numbers.TryGetValue(value, out var numbers))
            _numbers[value] = numbers = [];
        numbers.Add(record.RecordNo);
    }

    public void Remove(StoredRecord record)
    {
        if (
            _numbers.TryGetValue(record[field], out var numbers)
            && numbers.Remove(record.RecordNo)
            && numbers.Count == 0
        )
            _numbers.Remove(record[field]);
    }
}
