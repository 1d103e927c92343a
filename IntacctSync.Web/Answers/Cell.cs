using System.Globalization;
using System.Text.RegularExpressions;

namespace IntacctSync.Web.Answers;

/// <summary>A value as a cell of comma-separated lines (RFC 4180). Pure.</summary>
/// <remarks>
/// A spreadsheet takes a text that begins with one of <c>= + - @</c>, their full-width forms, a tab or a line end for a
/// formula and carries it out. Such a text, which may come from anybody, gets an apostrophe before it; a plain number
/// is left as it is. Where a spreadsheet divides at semicolons, what follows one begins a cell, even within quotation
/// marks that do not begin the cell (OWASP, CSV Injection); so it gets an apostrophe too.
/// </remarks>
internal static partial class Cell
{
    public static string Of(string? value)
    {
        var text = value ?? "";
        if (text.Length > 0 && IsSign(text[0]) && !IsNumber(text))
            text = "'" + text;
        text = Inner().Replace(text, "'");
        return text.AsSpan().ContainsAny(",;\"\r\n") || text.StartsWith(' ') || text.EndsWith(' ')
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    private static bool IsSign(char first) =>
        "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20".Contains(first, StringComparison.Ordinal);

    /// <summary>A sign that may come to stand first in a cell, where the text is divided once more.</summary>
    [GeneratedRegex(
        "(?<=[;\t\r\n][ \"']*)(?=[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Inner();

    private static bool IsNumber(string text) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out _
        );
}
