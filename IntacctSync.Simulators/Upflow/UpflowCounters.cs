using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Upflow;

/// <summary>How often what was asked. Thread-safe.</summary>
public sealed class UpflowCounters
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Requests to the imitated API, refused ones too.</summary>
    public int Requests => Of("requests");

    /// <summary>Requests that a limit answered with 429.</summary>
    public int Throttled => Of("throttled");

    /// <summary>Requests that were carried out and were no reading.</summary>
    public int Writes => Of("writes");

    /// <summary>The most requests that were in flight at once.</summary>
    public int MostAtOnce => Of("mostAtOnce");

    /// <summary>
    /// One count: <c>requests</c>, <c>throttled</c>, <c>writes</c>, <c>mostAtOnce</c>, or a route such as <c>POST
    /// /v1/invoices</c>.
    /// </summary>
    public int Of(string name)
    {
        lock (_lock)
            return _counts.GetValueOrDefault(name);
    }

    internal void Add(string name)
    {
        lock (_lock)
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
    }

    internal void Reach(string name, int count)
    {
        lock (_lock)
            _counts[name] = Math.Max(_counts.GetValueOrDefault(name), count);
    }

    internal void Clear()
    {
        lock (_lock)
            _counts.Clear();
    }

    internal JsonObject ToJson()
    {
        lock (_lock)
            return new JsonObject(_counts.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value)));
    }
}
