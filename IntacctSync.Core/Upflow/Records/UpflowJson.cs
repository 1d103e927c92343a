using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Upflow.Records;

/// <summary>
/// Reads Upflow's JSON as it comes. Nothing here throws for what an answer holds; what can't be understood is null.
/// </summary>
internal static class UpflowJson
{
    public static bool TryParse(ReadOnlySpan<byte> utf8, out JsonElement root)
    {
        try
        {
            root = BoundedJson.Parse(utf8);
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

    /// <summary>A text or a number as text; null for anything else and for what is empty.</summary>
    public static string? Text(JsonElement? element, string name) =>
        Member(element, name) switch
        {
            { ValueKind: JsonValueKind.String } text when WholeJson.TextOf(text).Trim() is { Length: > 0 } said => said,
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };

    public static long? Whole(JsonElement? element, string name) =>
        long.TryParse(Text(element, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The day of a date or of a time, as it is written: its zone does not count.</summary>
    public static DateOnly? Day(JsonElement? element, string name) =>
        Text(element, name) is { Length: >= 10 } text
        && DateOnly.TryParseExact(
            text[..10],
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;

    /// <summary>A time of ISO 8601; without a zone it is taken for UTC [assumed].</summary>
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
