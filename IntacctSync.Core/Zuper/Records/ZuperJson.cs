using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>
/// Reads Zuper's JSON as it comes: numbers as text, booleans as <c>"False"</c>, missing, null and of the wrong kind.
/// Nothing here throws for what an answer holds; what can't be understood is null.
/// </summary>
internal static class ZuperJson
{
    public static bool TryParse(ReadOnlySpan<byte> utf8, out JsonElement root)
    {
        try
        {
            root = BoundedJson.Parse(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8);
            return WholeJson.HasWholeNames(utf8, root);
        }
        catch (JsonException)
        {
            root = default;
            return false;
        }
    }

    public static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var member)
            ? member
            : null;

    public static JsonElement? Object(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Object } member ? member : null;

    /// <summary>The elements of a list; none when it is missing or no list.</summary>
    public static IEnumerable<JsonElement> List(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static string? Text(JsonElement? element, string name) => Text(Member(element, name));

    /// <summary>
    /// A scalar as text; booleans as <c>true</c> and <c>false</c>. Null for null, objects and lists. What can't be read
    /// of a text stands in it as U+FFFD.
    /// </summary>
    public static string? Text(JsonElement? element) =>
        element switch
        {
            { ValueKind: JsonValueKind.String } text => WholeJson.TextOf(text),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            { ValueKind: JsonValueKind.True } => "true",
            { ValueKind: JsonValueKind.False } => "false",
            _ => null,
        };

    public static bool? Flag(JsonElement? element, string name) =>
        Text(element, name)?.Trim().ToLowerInvariant() switch
        {
            "true" or "1" or "yes" => true,
            "false" or "0" or "no" => false,
            _ => null,
        };

    public static long? Whole(JsonElement? element, string name) =>
        long.TryParse(Text(element, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A time of ISO 8601; without a zone it is UTC (developers.zuper.co, Getting Started).</summary>
    public static DateTimeOffset? Time(JsonElement? element, string name) =>
        DateTimeOffset.TryParse(
            Text(element, name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;
}
