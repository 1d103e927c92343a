using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Upflow.Api;

namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>
/// The value of a custom field, held to the field's type. What Upflow takes is not published. [assumed]
/// </summary>
internal static class FieldValue
{
    /// <returns>As text; null where it is emptied.</returns>
    public static string? Of(CustomField field, JsonNode? value)
    {
        if (value is null)
            return null;
        var text = value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        if (text.Length == 0)
            return null;
        var fits = field.Type switch
        {
            "NUMBER" => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            "DATE" => DateOnly.TryParseExact(
                text.Split('T')[0],
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _
            ),
            "BOOLEAN" => text is "true" or "false",
            _ => value.GetValueKind() == JsonValueKind.String,
        };
        return fits
            ? text
            : throw new UpflowRefusal($"\"customFields\": the value of {field.Name} must be a {field.Type}");
    }
}
