using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntacctSync.Simulators;

/// <summary>A fault to inject: which one, on what, how often.</summary>
public sealed record FaultRule
{
    /// <summary>One of the simulator's fault names.</summary>
    public required string Fault { get; init; }

    /// <summary>
    /// What the occasion must be, all of it: <c>{"function": "create", "object": "CUSTOMER"}</c>. Values are compared
    /// in any case; empty = every occasion.
    /// </summary>
    public IReadOnlyDictionary<string, string> Match { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How many occasions get the fault; 0 = without end.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many matching occasions pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>
    /// The share of matching occasions (after <see cref="Skip"/>) that get the fault, 0..1, drawn from a seeded
    /// sequence; null = all.
    /// </summary>
    public double? Probability { get; init; }

    /// <summary>
    /// Everything else that the rule says; the simulator's own parameters, such as <c>"seconds": 30</c>.
    /// </summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> Parameters { get; init; } =
        new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>A parameter as text; <paramref name="otherwise"/> where the rule does not name it.</summary>
    public string Text(string parameter, string otherwise) =>
        Parameters.TryGetValue(parameter, out var value) ? value.ToString() : otherwise;

    /// <summary>
    /// A parameter as a number; <paramref name="otherwise"/> where the rule does not name it or it is none.
    /// </summary>
    public double Number(string parameter, double otherwise) =>
        double.TryParse(Text(parameter, ""), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;

    /// <summary>A parameter given in seconds.</summary>
    public TimeSpan Seconds(string parameter, double otherwise) => TimeSpan.FromSeconds(Number(parameter, otherwise));

    /// <summary>The same rule with a parameter, for rules written in code.</summary>
    public FaultRule With(string parameter, object value) =>
        this with
        {
            Parameters = new Dictionary<string, JsonElement>(Parameters, StringComparer.Ordinal)
            {
                [parameter] = JsonSerializer.SerializeToElement(value),
            },
        };
}
