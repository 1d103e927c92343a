using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Web.Console.Access;

namespace IntacctSync.Web.Console.Connections;

/// <summary>A form's fields into a connection's document, and a document into what its fields show.</summary>
internal static class FormDocument
{
    private const int SecretLength = 40;

    /// <summary>Puts what was sent into a document; members that the form does not have stay as they are.</summary>
    /// <param name="document">Changed in place.</param>
    /// <param name="form">The fields.</param>
    /// <param name="sent">What was sent.</param>
    public static void Apply(JsonObject document, ConnectionForm form, Form sent)
    {
        foreach (var field in form.Fields)
        {
            var (parent, name) = Place(document, field.Path);
            if (field.Kind == FieldKind.Secret)
                ApplySecret(parent, name, field, sent);
            else if (field.Kind == FieldKind.Pairs && sent.Has(KeysOf(field)))
                parent[name] = Pairs(sent.All(KeysOf(field)), sent.All(ValuesOf(field)));
            else if (field.Kind == FieldKind.Flag || sent.Has(field.Path))
                parent[name] = Value(field, sent[WrittenOf(field.Path)] ?? sent[field.Path]);
        }
    }

    /// <summary>Makes the secrets that nobody has to know, where none was given.</summary>
    public static void MakeSecrets(JsonObject document, ConnectionForm form)
    {
        foreach (var field in form.Fields.Where(f => f.IsMade))
        {
            var (parent, name) = Place(document, field.Path);
            parent[name] ??= RandomNumberGenerator.GetHexString(SecretLength, lowercase: true);
        }
    }

    /// <summary>What a field shows, as a person writes it; empty for a secret.</summary>
    public static string Text(JsonObject document, FormField field)
    {
        JsonNode? node = document;
        foreach (var name in field.Path.Split('.'))
            node = (node as JsonObject)?[name];
        return field.Kind == FieldKind.Secret
            ? ""
            : node switch
            {
                null => "",
                JsonArray lines => string.Join('\n', lines.Select(l => l?.ToString())),
                JsonObject pairs => string.Join('\n', pairs.Select(p => $"{p.Key} = {p.Value}")),
                JsonValue value when value.TryGetValue<bool>(out var flag) => flag ? "true" : "false",
                _ => node.ToString(),
            };
    }

    /// <summary>Whether a secret has a value, as the document shows it.</summary>
    public static bool IsSet(JsonObject document, FormField field)
    {
        JsonNode? node = document;
        foreach (var name in field.Path.Split('.'))
            node = (node as JsonObject)?[name];
        return (node as JsonObject)?["set"]?.GetValue<bool>() ?? false;
    }

    /// <summary>The name by which the form says that a secret is to be cleared.</summary>
    public static string Clears(FormField field) => field.Path + ".clear";

    /// <summary>The name of what is written in place of a choice.</summary>
    public static string WrittenOf(string path) => path + ".written";

    /// <summary>
    /// Of pairs that are written in rows: the name of what stands before the equals sign, and behind it.
    /// </summary>
    public static string KeysOf(FormField field) => field.Path + ".key";

    public static string ValuesOf(FormField field) => field.Path + ".value";

    /// <summary>The pairs of a document in their order; none where there are none.</summary>
    public static IReadOnlyList<(string Key, string Value)> PairsOf(JsonObject document, FormField field)
    {
        JsonNode? node = document;
        foreach (var name in field.Path.Split('.'))
            node = (node as JsonObject)?[name];
        return node is JsonObject pairs ? [.. pairs.Select(p => (p.Key, p.Value?.ToString() ?? ""))] : [];
    }

    /// <summary>A row without a name is left out.</summary>
    private static JsonObject Pairs(IReadOnlyList<string?> keys, IReadOnlyList<string?> values)
    {
        var pairs = new JsonObject();
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i]?.Trim() is { Length: > 0 } key)
                pairs[key] = i < values.Count ? values[i]?.Trim() ?? "" : "";
        }

        return pairs;
    }

    private static void ApplySecret(JsonObject parent, string name, FormField field, Form sent)
    {
        parent.Remove(name);
        if (sent[field.Path] is { } value)
            parent[name] = value;
        else if (sent.Has(Clears(field)))
            parent[name] = new JsonObject { ["set"] = false };
    }

    private static JsonNode? Value(FormField field, string? text) =>
        field.Kind switch
        {
            FieldKind.Flag => text == "true",
            FieldKind.Lines => new JsonArray([.. Lines(text).Select(l => (JsonNode?)l)]),
            FieldKind.Pairs => Pairs(text),
            FieldKind.Number => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : text,
            _ => text,
        };

    private static IEnumerable<string> Lines(string? text) =>
        (text ?? "").Split(['\n', '\r', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static JsonObject Pairs(string? text)
    {
        var pairs = new JsonObject();
        foreach (
            var line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            pairs[parts[0]] = parts.Length == 2 ? parts[1] : "";
        }

        return pairs;
    }

    private static (JsonObject Parent, string Name) Place(JsonObject document, string path)
    {
        var names = path.Split('.');
        var at = document;
        foreach (var name in names[..^1])
        {
            if (at[name] is not JsonObject child)
                at[name] = child = [];
            at = child;
        }

        return (at, names[^1]);
    }
}
