using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Lists;

/// <summary>
/// A module's records in one order, kept from page to page: what was changed is taken out and put back where it
/// belongs, and only where much was changed everything is sorted anew.
/// </summary>
internal sealed class SortIndex
{
    private readonly SortedRecords _order;
    private readonly List<JsonObject> _sorted;
    private readonly Dictionary<JsonObject, (decimal Number, string Text, string Uid)> _keys = new(
        ReferenceEqualityComparer.Instance
    );
    private readonly HashSet<JsonObject> _touched = new(ReferenceEqualityComparer.Instance);

    public SortIndex(SortedRecords order, IEnumerable<JsonObject> records)
    {
        _order = order;
        _sorted = [.. records];
        SortAll();
    }

    /// <summary>Says that a record is new or may stand elsewhere now.</summary>
    public void Touch(JsonObject record) => _touched.Add(record);

    public IReadOnlyList<JsonObject> Read()
    {
        if (_touched.Count > Math.Max(16, _sorted.Count / 20))
        {
            _sorted.AddRange(_touched.Where(r => !_keys.ContainsKey(r)));
            SortAll();
        }
        else
            foreach (var record in _touched)
                Move(record);
        _touched.Clear();
        return _sorted;
    }

    private void Move(JsonObject record)
    {
        var key = _order.Key(record);
        if (_keys.TryGetValue(record, out var before))
        {
            if (_order.Compare(key, before) == 0)
                return;
            _sorted.RemoveAt(Place(before));
        }
        _sorted.Insert(Place(key), record);
        _keys[record] = key;
    }

    private int Place((decimal Number, string Text, string Uid) key) => _order.Place(_sorted, key, r => _keys[r]);

    private void SortAll()
    {
        foreach (var record in _sorted)
            _keys[record] = _order.Key(record);
        _sorted.Sort((x, y) => _order.Compare(_keys[x], _keys[y]));
    }
}
