using System.Text.RegularExpressions;

namespace IntacctSync.Core.Remote;

/// <summary>Makes a line for a log or an error of what another system answered.</summary>
internal static partial class AnswerText
{
    public const int MaxLength = 200;

    /// <summary>
    /// A text without mark-up, control characters and secrets, in at most <see cref="MaxLength"/> characters.
    /// </summary>
    public static string Clean(string text, params IEnumerable<string?> secrets)
    {
        var safe = Tags().Replace(Unseen().Replace(text, " "), " ");
        foreach (var secret in secrets.Where(s => !string.IsNullOrEmpty(s)))
            safe = safe.Replace(secret!, "***", StringComparison.Ordinal);
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
