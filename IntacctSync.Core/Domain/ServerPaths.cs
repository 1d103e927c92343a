using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace IntacctSync.Core.Domain;

/// <summary>
/// Shortens paths of this machine to the last name, for all that people are shown elsewhere: where things lie is for
/// the log, and for those who may read it. Pure.
/// </summary>
public static partial class ServerPaths
{
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Shorten(string? text) =>
        text is null
            ? null
            : Paths().Replace(text, static path => "…" + path.Value[path.Value.LastIndexOfAny(['/', '\\'])..]);

    /// <summary>A path in quotes may hold blanks. An address of the web has its scheme before it, and stays.</summary>
    [GeneratedRegex(
        @"(?<=')(?:/|[A-Za-z]:\\|\\\\)[^'\r\n]*[^'\r\n/\\]|(?<![\w:/.…])(?:/|[A-Za-z]:\\|\\\\)[^\s'""<>|:;,()]*[\w\-]",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Paths();
}
