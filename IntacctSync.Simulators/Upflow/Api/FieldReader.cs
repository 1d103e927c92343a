using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>
/// Reads the fields of one JSON object strictly. A field that is not there keeps what the record has, or is emptied
/// where the body replaces the record.
/// </summary>
/// <param name="body">The object.</param>
/// <param name="keeps">Whether what is absent keeps its value.</param>
/// <param name="path">Where the object stands, for errors, such as <c>contacts[0].</c></param>
internal sealed class FieldReader(JsonObject body, bool keeps, string path = "")
{
    /// <summary>The largest whole number that JavaScript holds exactly.</summary>
    private const decimal Largest = 9_007_199_254_740_991;

    private static readonly string[] DateForms =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <exception cref="UpflowRefusal">There is a field of another name.</exception>
    public void Allow(bool strictly, params ReadOnlySpan<string> names)
    {
        if (!strictly)
            return;
        foreach (var (name, _) in body)
            if (!names.Contains(name))
                throw new UpflowRefusal($"\"{path}{name}\" is not allowed");
    }

    public bool Has(string name) => body.ContainsKey(name);

    /// <summary>A field as it stands; null where it is missing or null.</summary>
    public JsonNode? Node(string name) => body[name];

    public string? Text(string name, string? current = null)
    {
        if (!body.TryGetPropertyValue(name, out var node))
            return keeps ? current : null;
        if (node is null)
            return null;
        return node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : throw Wrong(name, "a string");
    }

    public string Required(string name)
    {
        var text = Text(Demand(name)) ?? throw Wrong(name, "a string");
        return text.Length > 0 ? text : throw new UpflowRefusal($"\"{path}{name}\" is not allowed to be empty");
    }

    public string? OneOf(string name, IReadOnlyList<string> values, string? current = null)
    {
        var text = Text(name, current);
        return text is null || values.Contains(text, StringComparer.Ordinal)
            ? text
            : throw Wrong(name, $"one of [{string.Join(", ", values)}]");
    }

    public bool Flag(string name, bool current)
    {
        if (!body.TryGetPropertyValue(name, out var node))
            return keeps && current;
        return node?.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(name, "a boolean"),
        };
    }

    /// <summary>An amount in the smallest unit: whole, and from <paramref name="least"/> on.</summary>
    public long Amount(string name, long least)
    {
        if (body[Demand(name)] is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
            throw Wrong(name, "a number");
        if (
            !decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            || Math.Abs(amount) > Largest
        )
            throw Wrong(name, "a safe number");
        if (amount != decimal.Truncate(amount))
            throw Wrong(name, "an integer");
        return amount >= least ? (long)amount : throw Wrong(name, $"greater than or equal to {least}");
    }

    public DateTime RequiredDate(string name) => Date(Demand(name)) ?? throw Wrong(name, "a valid ISO 8601 date");

    /// <summary>A date or a date with time, in UTC.</summary>
    public DateTime? Date(string name, DateTime? current = null)
    {
        if (!body.ContainsKey(name))
            return keeps ? current : null;
        if (Text(name) is not { } text)
            return null;
        return DateTime.TryParseExact(
            text,
            DateForms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var date
        )
            ? date
            : throw Wrong(name, "a valid ISO 8601 date");
    }

    /// <summary>An object; null where it is missing or null.</summary>
    public JsonObject? Object(string name) =>
        body[name] switch
        {
            null => null,
            JsonObject it => it,
            _ => throw Wrong(name, "of type object"),
        };

    /// <summary>An array's objects; none where it is missing or null.</summary>
    public IReadOnlyList<JsonObject> Objects(string name) =>
        body[name] switch
        {
            null => [],
            JsonArray rows =>
            [
                .. rows.Select((r, i) => r as JsonObject ?? throw Wrong($"{name}[{i}]", "of type object")),
            ],
            _ => throw Wrong(name, "an array"),
        };

    private string Demand(string name) =>
        body.ContainsKey(name) ? name : throw new UpflowRefusal($"\"{path}{name}\" is required");

    private UpflowRefusal Wrong(string name, string rule) => new($"\"{path}{name}\" must be {rule}");
}
