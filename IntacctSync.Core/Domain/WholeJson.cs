using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IntacctSync.Core.Domain;

/// <summary>
/// Finds JSON that names or says half of a surrogate pair, such as <c>\ud800</c> alone: legal JSON, and no text, so
/// that reading it as one throws.
/// </summary>
public static partial class WholeJson
{
    /// <summary>
    /// What a text says, also where it holds half of a surrogate pair, or bytes that are no UTF-8: each of them is read
    /// as U+FFFD, the sign for what can't be read. So a text that is cut within a character is not taken for none.
    /// </summary>
    /// <param name="text">A JSON text.</param>
    public static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            var raw = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(text));
            return JsonElement
                .Parse(Escapes().Replace(raw, static e => IsHalf(e.Value) ? "\\ufffd" : e.Value))
                .GetString()!;
        }
    }

    /// <summary>Whether every member's name is a text.</summary>
    /// <param name="utf8">The JSON as it came: where it escapes no surrogate, nothing else is looked at.</param>
    /// <param name="root">The same, parsed.</param>
    public static bool HasWholeNames(ReadOnlySpan<byte> utf8, JsonElement root) =>
        !EscapesSurrogates(utf8) || Try(root, withTexts: false);

    /// <summary>Whether every member's name and every text is one.</summary>
    /// <inheritdoc cref="HasWholeNames" path="/param"/>
    public static bool IsWhole(ReadOnlySpan<byte> utf8, JsonElement root) =>
        !EscapesSurrogates(utf8) || Try(root, withTexts: true);

    /// <summary>Of the escapes that are of one unit, those that name half of a pair.</summary>
    private static bool IsHalf(string escape) => escape.Length == 6;

    /// <summary>A whole pair, half of one, or any other escape, which is two characters here.</summary>
    [GeneratedRegex(
        """\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[dD][89a-fA-F][0-9a-fA-F]{2}|.)""",
        RegexOptions.CultureInvariant | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Escapes();

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
