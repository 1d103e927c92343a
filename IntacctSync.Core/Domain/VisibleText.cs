using System.Text.RegularExpressions;

namespace IntacctSync.Core.Domain;

/// <summary>
/// Makes characters visible that command a terminal, or begin a line of their own, before a text is shown or logged.
/// </summary>
public static partial class VisibleText
{
    /// <returns>The text with each control or format character, and each half of one, as <c>\u</c> and its
    /// number.</returns>
    public static string Of(string text) =>
        Commands().Replace(text, static m => string.Concat(m.Value.Select(c => $"\\u{(int)c:x4}")));

    [GeneratedRegex(@"[\p{C}\p{Zl}\p{Zp}]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Commands();
}
