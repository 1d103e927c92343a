using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Lists;

/// <summary>A place in a sorted list, as text that means nothing to the caller.</summary>
internal static class FilterCursor
{
    public static string Of((decimal Number, string Text, string Uid) key) =>
        Convert.ToBase64String(
            Encoding.UTF8.GetBytes(
                new JsonArray(key.Number.ToString(CultureInfo.InvariantCulture), key.Text, key.Uid).ToJsonString()
            )
        );

    /// <exception cref="ZuperRefusal">The text is no cursor of this list.</exception>
    public static (decimal Number, string Text, string Uid) Parse(string cursor)
    {
        try
        {
            if (JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(cursor))) is JsonArray { Count: 3 } key)
                return (decimal.Parse(key[0].Text()!, CultureInfo.InvariantCulture), key[1].Text()!, key[2].Text()!);
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentNullException)
        {
            // Said below.
        }
        throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Invalid Cursor", "Invalid Cursor");
    }
}
