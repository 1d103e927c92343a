using System.Globalization;

namespace IntacctSync.Web.Answers;

/// <summary>A value as a cell of comma-separated lines (RFC 4180). Pure.</summary>
/// <remarks>
/// A spreadsheet takes a text that begins with one of <c>= + - @</c>, a tab or a line end for a formula and carries it
/// out. Such a text, which may come from anybody, gets an apostrophe before it; a plain number is left as it is.
/// </remarks>
internal static class Cell
{
    public static string Of(string? value)
    {
        var text = value ?? "";
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' && !IsNumber(text))
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") || text.StartsWith(' ') || text.EndsWith(' ')
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    private static bool IsNumber(string text) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out _
        );
}
