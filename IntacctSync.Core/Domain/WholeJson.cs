using System.Text.Json;

namespace IntacctSync.Core.Domain;

/// <summary>
/// Finds JSON that names or says half of a surrogate pair, such as <c>\ud800</c> alone: legal JSON, and no text, so
/// that reading it as one throws.
/// </summary>
public static class WholeJson
{
    /// <summary>Whether every member's name is a text.</summary>
    /// <param name="utf8">The JSON as it came: where it escapes no surrogate, nothing else is looked at.</param>
    /// <param name="root">The same, parsed.</param>
    public static bool HasWholeNames(ReadOnlySpan<byte> utf8, JsonElement root) =>
        !EscapesSurrogates(utf8) || Try(root, withTexts: false);

    /// <summary>Whether every member's name and every text is one.</summary>
    /// <inheritdoc cref="HasWholeNames" path="/param"/>
    public static bool IsWhole(ReadOnlySpan<byte> utf8, JsonElement root) =>
        !EscapesSurrogates(utf8) || Try(root, withTexts: true);

    private static bool EscapesSurrogates(ReadOnlySpan<byte> utf8) =>
        utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0;

    private static bool Try(JsonElement root, bool withTexts)
    {
        try
        {
            Look(root, withTexts);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Look(JsonElement element, bool withTexts)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Look(member.Value, withTexts);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Look(item, withTexts);
                break;
            case JsonValueKind.String when withTexts:
                _ = element.GetString();
                break;
        }
    }
}
