using System.Globalization;
using System.Text.Json;

namespace IntacctSync.Core.Connections.Document;

/// <summary>
/// Reads one object of a document, collecting what is wrong by field instead of stopping at the first.
/// </summary>
public sealed class DocumentReader
{
    /// <summary>In characters; the longest name of anything in either system is far below.</summary>
    public const int LongestText = 400;

    /// <summary>In characters. All secrets of a document together must fit one entry of a vault.</summary>
    public const int LongestSecret = 1000;

    /// <summary>Of a list or a map.</summary>
    public const int MostEntries = 200;

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
        return text.Length == 0 || IsTooLong(name, text.Length, LongestText) ? fallback : text;
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

    public int Number(string name, int fallback, int least, int most)
    {
        if (!Take(name, out var value))
            return fallback;
        return
            value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
            && number >= least
            && number <= most
            ? number
            : Wrong(
                name,
                value,
                string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
                fallback
            );
    }

    public T Choice<T>(string name, T fallback)
        where T : struct, Enum
    {
        if (!Take(name, out var value))
            return fallback;
        var allowed = Enum.GetValues<T>();
        if (value.ValueKind == JsonValueKind.String)
        {
            var said = value.GetString()!.Trim();
            foreach (var choice in allowed)
            {
                if (JsonNamingPolicy.CamelCase.ConvertName(choice.ToString()) == said)
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
                value.GetString()!.Trim(),
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
        if (
            value.ValueKind != JsonValueKind.Array
            || !value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
        )
            return Wrong(name, value, "a list of texts", fallback);
        IReadOnlyList<string> texts =
        [
            .. value.EnumerateArray().Select(e => e.GetString()!.Trim()).Where(t => t.Length > 0),
        ];
        return HasTooMany(name, texts.Count) || texts.Any(text => IsTooLong(name, text.Length, LongestText))
            ? fallback
            : texts;
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
        if (HasTooMany(name, value.GetPropertyCount()))
            return map;
        foreach (var member in value.EnumerateObject())
        {
            var (key, text) = (member.Name.Trim(), member.Value.GetString()!.Trim());
            if (IsTooLong(name, Math.Max(key.Length, text.Length), LongestText))
                return map;
            if (!map.TryAdd(key, text))
                _errors.Add(PathOf(name), $"names '{key}' twice; name each once");
        }

        return map;
    }

    public SecretChange Secret(string name)
    {
        if (!Take(name, out var value))
            return SecretChange.Keep;
        if (value.ValueKind == JsonValueKind.String)
            return SecretOf(name, value.GetString()!.Trim());
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

    private SecretChange SecretOf(string name, string text) =>
        text.Length == 0 || IsTooLong(name, text.Length, LongestSecret) ? SecretChange.Keep : SecretChange.To(text);

    private bool IsTooLong(string name, int length, int longest)
    {
        if (length > longest)
            _errors.Add(
                PathOf(name),
                string.Create(CultureInfo.InvariantCulture, $"has {length} characters; at most {longest} are kept")
            );
        return length > longest;
    }

    private bool HasTooMany(string name, int count)
    {
        if (count > MostEntries)
            _errors.Add(
                PathOf(name),
                string.Create(CultureInfo.InvariantCulture, $"has {count} entries; at most {MostEntries} are kept")
            );
        return count > MostEntries;
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
