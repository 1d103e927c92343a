using System.Globalization;
using System.Text.Json;

namespace IntacctSync.Core.Connections.Document;

/// <summary>
/// Reads one object of a document, collecting what is wrong by field instead of stopping at the first.
/// </summary>
public sealed class DocumentReader
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly FieldErrors _errors;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public DocumentReader(JsonElement element, string path, FieldErrors errors)
    {
        (_path, _errors) = (path, errors);
        if (element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return;
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(path, $"is {Kind(element)}; give an object");
            return;
        }

        foreach (var member in element.EnumerateObject())
            _members[member.Name] = member.Value;
    }

    public string? Text(string name, string? fallback = null)
    {
        if (!Take(name, out var value))
            return fallback;
        if (value.ValueKind != JsonValueKind.String)
            return Wrong(name, value, "a text", fallback);
        var text = value.GetString()!.Trim();
        return text.Length == 0 ? fallback : text;
    }

    public string Required(string name)
    {
        if (Text(name) is { } text)
            return text;
        if (!_errors.Has(PathOf(name)))
            _errors.Add(PathOf(name), "is missing; it is required");
        return "";
    }

    public bool Flag(string name, bool fallback)
    {
        if (!Take(name, out var value))
            return fallback;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : Wrong(name, value, "true or false", fallback);
    }

    public T Choice<T>(string name, T fallback)
        where T : struct, Enum
    {
        if (!Take(name, out var value))
            return fallback;
        var allowed = Enum.GetValues<T>();
        if (value.ValueKind == JsonValueKind.String)
        {
            foreach (var choice in allowed)
            {
                if (JsonNamingPolicy.CamelCase.ConvertName(choice.ToString()) == value.GetString())
                    return choice;
            }
        }

        return Wrong(
            name,
            value,
            "one of " + string.Join(", ", allowed.Select(a => JsonNamingPolicy.CamelCase.ConvertName(a.ToString()))),
            fallback
        );
    }

    public DateOnly? Date(string name)
    {
        if (!Take(name, out var value))
            return null;
        return
            value.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(
                value.GetString(),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
            ? date
            : Wrong<DateOnly?>(name, value, "a date such as 2026-01-31", null);
    }

    public IReadOnlyList<string> Texts(string name, IReadOnlyList<string> fallback)
    {
        if (!Take(name, out var value))
            return fallback;
        return
            value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(e => e.GetString()!.Trim()).Where(t => t.Length > 0)]
            : Wrong(name, value, "a list of texts", fallback);
    }

    public IReadOnlyDictionary<string, string> Map(string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Take(name, out var value))
            return map;
        if (
            value.ValueKind != JsonValueKind.Object
            || !value.EnumerateObject().All(m => m.Value.ValueKind == JsonValueKind.String)
        )
            return Wrong(name, value, "an object of texts", map);
        foreach (var member in value.EnumerateObject())
        {
            if (!map.TryAdd(member.Name, member.Value.GetString()!))
                _errors.Add(PathOf(name), $"names '{member.Name}' twice; name each once");
        }

        return map;
    }

    public SecretChange Secret(string name)
    {
        if (!Take(name, out var value))
            return SecretChange.Keep;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString() is { Length: > 0 } text ? SecretChange.To(text) : SecretChange.Keep;
        if (
            value.ValueKind == JsonValueKind.Object
            && value.TryGetProperty("set", out var set)
            && set.ValueKind is JsonValueKind.True or JsonValueKind.False
        )
            return set.GetBoolean() ? SecretChange.Keep : SecretChange.Cleared;

        // The value is left out of the message: it may be the secret in the wrong shape.
        _errors.Add(PathOf(name), "must be a text, {\"set\": true} to keep it, or {\"set\": false} to clear it");
        return SecretChange.Keep;
    }

    public DocumentReader Child(string name)
    {
        _ = Take(name, out var value);
        return new DocumentReader(value, PathOf(name), _errors);
    }

    public void Refuse(string name, string text) => _errors.Add(PathOf(name), text);

    /// <summary>Adds an error for each member that nothing has read: it is no setting.</summary>
    public void End()
    {
        foreach (var name in _members.Keys.Where(name => !_read.Contains(name)))
        {
            var like = _read.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
            _errors.Add(
                PathOf(name),
                like is null
                    ? $"is no setting; known here are {string.Join(", ", _read.Order(StringComparer.Ordinal))}"
                    : $"is no setting; did you mean '{like}'?"
            );
        }
    }

    private bool Take(string name, out JsonElement value)
    {
        _read.Add(name);
        return _members.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private T Wrong<T>(string name, JsonElement value, string allowed, T fallback)
    {
        _errors.Add(PathOf(name), $"is {Kind(value)}; give {allowed}");
        return fallback;
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => $"the text '{(value.GetString() is { Length: <= 40 } s ? s : "…")}'",
            JsonValueKind.Number => "the number " + value.GetRawText(),
            JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            JsonValueKind.Array => "a list",
            JsonValueKind.Object => "an object",
            _ => "null",
        };
}
