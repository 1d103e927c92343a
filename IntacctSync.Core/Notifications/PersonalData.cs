using System.Text.RegularExpressions;

namespace IntacctSync.Core.Notifications;

/// <summary>Takes out of a text what must not leave the house by e-mail: addresses of e-mail, and telephone numbers as people write them. Pure.</summary>
/// <remarks>A run of digits alone stays: it may as well be the number of a record.</remarks>
public static partial class PersonalData
{
    /// <returns>One line, without control characters.</returns>
    public static string Mask(string text)
    {
        var line = Breaks().Replace(text, " ").Trim();
        return Telephone().Replace(EmailAddress().Replace(line, "[e-mail address]"), "[telephone number]");
    }

    [GeneratedRegex(@"[\p{C}\s]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Breaks();

    [GeneratedRegex(@"[^\s@<>""'(),;:\[\]]+@[^\s@<>""'(),;:]+[^\s@<>""'(),;:.]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmailAddress();

    /// <summary>With the sign of a country, or in the three groups of North America. A date in ISO's order is neither.</summary>
    [GeneratedRegex(@"\+\d[\d .()/\-]{5,}\d|(?<![\w\-])(?:1[ .\-])?\(?\d{3}\)?[ .\-]?(?<=[) .\-])\d{3}[ .\-]\d{4}(?![\w\-])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Telephone();
}
