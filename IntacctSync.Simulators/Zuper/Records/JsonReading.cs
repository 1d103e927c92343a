using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>Reading loosely typed JSON the way JavaScript does.</summary>
internal static class JsonReading
{
    /// <summary>
    /// A scalar as text (numbers and booleans as JSON writes them); null where it is missing, null, an object or an
    /// array.
    /// </summary>
    public static string? Text(this JsonNode? node) =>
        node?.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => node.ToJsonString(),
            _ => null,
        };

    public static string? Text(this JsonObject record, string field) => record[field].Text();

    public static bool Is(this JsonObject record, string field) => record[field]?.GetValueKind() == JsonValueKind.True;

    public static decimal Number(this JsonObject record, string field) =>
        decimal.TryParse(
            record.Text(field),
            System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 0;

    /// <summary>What stands at a path of field names joined by dots.</summary>
    public static JsonNode? At(this JsonObject record, string path)
    {
        JsonNode? at = record;
        foreach (var name in path.Split('.'))
            at = (at as JsonObject)?[name];
        return at;
    }
}
