using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>Makes a line for a log or an error of what an answer says.</summary>
internal static partial class ZuperExcerpt
{
    public const int MaxLength = 200;

    /// <summary>
    /// As much of a body as is looked at; pages of proxies say what they have to say at their beginning.
    /// </summary>
    private const int MaxBytes = 8 * 1024;

    /// <summary>
    /// A body without mark-up, control characters and the secret, in at most <see cref="MaxLength"/> characters.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> body, string? secret) =>
        Clean(Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxBytes)]), secret);

    /// <summary>Title, message and the first error of an envelope.</summary>
    public static string OfEnvelope(JsonElement json, string? secret)
    {
        var title = ZuperJson.Text(json, "title")?.Trim();
        var message = ZuperJson.Text(json, "message")?.Trim();
        var data = ZuperJson.Object(json, "data");
        string?[] parts =
        [
            title,
            message == title ? null : message,
            .. ZuperJson.List(json, "errors").Take(3).Select(TextOf),
            .. ZuperJson.List(data, "errors").Take(3).Select(TextOf),
            .. ZuperJson
                .List(data, "group_uids_not_found")
                .Take(3)
                .Select(static uid => $"group not found: {ZuperJson.Text(uid)}"),
        ];
        return Clean(string.Join(": ", parts.Where(static part => !string.IsNullOrWhiteSpace(part))), secret);
    }

    private static string? TextOf(JsonElement error) => ZuperJson.Text(error) ?? ZuperJson.Text(error, "message");

    private static string Clean(string text, string? secret)
    {
        var plain = Tags().Replace(Unseen().Replace(text, " "), " ");
        var safe = string.IsNullOrEmpty(secret) ? plain : plain.Replace(secret, "***", StringComparison.Ordinal);
        var line = Blanks().Replace(safe, " ").Trim();
        return line.Length <= MaxLength
            ? line
            : string.Concat(
                line.AsSpan(0, char.IsHighSurrogate(line[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1),
                "…"
            );
    }

    /// <summary>Styles and scripts with what they hold, and every other tag by itself.</summary>
    [GeneratedRegex(
        "<(?<held>style|script)\\b.*?</\\k<held>\\s*>|<[^>]*>",
        RegexOptions.ExplicitCapture
            | RegexOptions.IgnoreCase
            | RegexOptions.Singleline
            | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Tags();

    [GeneratedRegex("[\\p{C}]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Unseen();

    [GeneratedRegex("\\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();
}
