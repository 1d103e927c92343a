using System.Text.RegularExpressions;

namespace IntacctSync.Core.Notifications;

/// <summary>
/// Masks in a text what must not be sent by e-mail: e-mail addresses, and telephone numbers as people write them. Pure.
/// </summary>
/// <remarks>
/// Digits in a row stay, since they may be the number of a record. Ten or more of them are masked beside a word such as
/// "phone".
/// </remarks>
public static partial class PersonalData
{
    private const string Number = "[telephone number]";
    private const int MinDigits = 10;
    private const int MaxDigits = 13;

    /// <param name="text">What is to be sent.</param>
    /// <param name="number">The number of the document that it is about, which stays where it looks like that of a
    /// telephone; null for none.</param>
    /// <returns>One line, without control characters.</returns>
    public static string Mask(string text, string? number = null)
    {
        var (line, kept) = (Line(text), Line(number ?? ""));
        return kept.Length == 0 || kept.Contains('@', StringComparison.Ordinal) || Masked(kept) == kept
            ? Masked(line)
            : string.Join(kept, line.Split(kept, StringSplitOptions.None).Select(Masked));
    }

    private static string Line(string text) => Breaks().Replace(text, " ").Trim();

    private static string Masked(string line)
    {
        line = Telephone().Replace(EmailAddress().Replace(line, "[e-mail address]"), Number);
        line = Grouped()
            .Replace(
                line,
                static m => m.Value.Count(char.IsAsciiDigit) is >= MinDigits and <= MaxDigits ? Number : m.Value
            );
        return Named().Replace(line, Number);
    }

    [GeneratedRegex(@"[\p{C}\s]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Breaks();

    [GeneratedRegex(
        @"[^\s@<>""'(),;:\[\]]+@[^\s@<>""'(),;:]+[^\s@<>""'(),;:.]",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex EmailAddress();

    /// <summary>
    /// With the sign of a country, or in the three groups of North America. A date in ISO's order is neither.
    /// </summary>
    [GeneratedRegex(
        @"\+\d[\d .()/\-]{5,}\d|(?<![\w\-])(?:1[ .\-])?\(?\d{3}\)?[ .\-]?(?<=[) .\-])\d{3}[ .\-]\d{4}(?![\w\-])",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Telephone();

    /// <summary>
    /// Digits in groups, with blanks or dashes between them; how many make a telephone number is counted. A time of day
    /// does not belong.
    /// </summary>
    [GeneratedRegex(
        @"(?<![\w\-.,:/])\(?\d{2,6}\)?(?:[ \-]{1,2}\(?\d{2,8}\)?){1,4}(?![\w\-:/]|[.,]\d)",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Grouped();

    /// <summary>Ten digits and more after a word for a telephone, or before one.</summary>
    [GeneratedRegex(
        @"(?<=(?<![a-z])(?:phone|telephone|mobile|cell|contact|tel|fax|whatsapp|sms)"
            + @"(?:s|_?(?:number|num|no)[a-z_]*)?\W[^\d\p{L}]{0,10}"
            + @"(?:(?:number|no|is|of|the|to)\b[^\d\p{L}]{0,5}){0,3})\d{10,13}(?!\d)"
            + @"|(?<![\w\-])\d{10,13}(?=[^\d.;]{1,30}\b(?:phone|telephone|mobile|cell|fax|whatsapp)(?![a-z]))",
        RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Named();
}
