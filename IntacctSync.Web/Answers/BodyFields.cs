using System.Globalization;
using System.Text.Json;

namespace IntacctSync.Web.Answers;

/// <summary>
/// Reads the members of a small body. An unknown member, or one of the wrong kind, is refused by its name.
/// </summary>
internal sealed class BodyFields
{
    /// <summary>In characters; a row of the store takes it beside all else.</summary>
    public const int LongestText = 400;

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);

    /// <param name="body">An object, or null for none.</param>
    /// <param name="allowed">The members that may be there.</param>
    /// <exception cref="RefusedException">400: the body is no object, or has another member.</exception>
    public BodyFields(JsonElement? body, params string[] allowed)
    {
        if (body is not { } element)
            return;
        if (element.ValueKind != JsonValueKind.Object)
            throw RefusedException.Invalid("", "The body is no object: send one such as {}.");
        foreach (var member in element.EnumerateObject())
        {
            if (!allowed.Contains(member.Name, StringComparer.Ordinal))
                throw RefusedException.Invalid(
                    member.Name,
                    $"{member.Name} is no member of this body; known are {string.Join(", ", allowed)}."
                );
            _members[member.Name] = member.Value;
        }
    }

    /// <returns>The text without white space around it; null where it is missing, null or empty.</returns>
    public string? Text(string name)
    {
        if (!_members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw RefusedException.Invalid(name, $"{name} is {value.ValueKind}; give a text.");
        if (value.GetString()!.Trim() is not { Length: > 0 } text)
            return null;
        return text.Length <= LongestText
            ? text
            : throw RefusedException.Invalid(
                name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} has {text.Length} characters; at most {LongestText} are taken."
                )
            );
    }

    /// <returns>The texts of a list; null where it is missing or null.</returns>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (!_members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (
            value.ValueKind != JsonValueKind.Array
            || !value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
        )
            throw RefusedException.Invalid(name, $"{name} is {value.ValueKind}; give a list of texts.");
        return [.. value.EnumerateArray().Select(e => e.GetString()!.Trim())];
    }

    public bool Flag(string name)
    {
        if (!_members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw RefusedException.Invalid(name, $"{name} is {value.ValueKind}; give true or false.");
    }
}
