using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper;

/// <summary>How often what was asked and delivered. Thread-safe.</summary>
public sealed class ZuperCounters
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Requests to the imitated API, refused ones too.</summary>
    public int Requests => Of("requests");

    /// <summary>Requests that the limiter answered with 429.</summary>
    public int Throttled => Of("throttled");

    /// <summary>Attempts to deliver a webhook.</summary>
    public int Deliveries => Of("deliveries");

    /// <summary>
    /// One count: <c>requests</c>, <c>throttled</c>, <c>deliveries</c>, or a route such as <c>PATCH
    /// /api/custom_fields</c>.
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
