using System.Text;
using System.Text.RegularExpressions;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>Text as Intacct takes it: one line, no control characters, trimmed, at most so long.</summary>
/// <remarks>
/// Lengths are those that integrators of Sage Intacct publish for customers and contacts (datablend.com, Customers and
/// Contacts data targets); where sources differ the shorter one is kept.
/// </remarks>
internal static partial class IntacctText
{
    public const int Name = 100;
    public const int ContactName = 200;
    public const int PrintAs = 200;
    public const int CompanyName = 100;
    public const int PersonName = 40;
    public const int Phone = 30;
    public const int Email = 200;
    public const int AddressLine = 80;
    public const int City = 80;
    public const int State = 40;
    public const int Zip = 30;
    public const int CountryName = 60;

    /// <summary>White space of any kind becomes one blank; what cannot be printed is left out.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
                kept.Append(' ');
            else if (!Rune.IsControl(rune) && rune != Rune.ReplacementChar)
                kept.Append(rune.ToString());
        }

        return Blanks().Replace(kept.ToString(), " ").Trim();
    }

    /// <summary>Cleaned, and cut to a number of characters without splitting one.</summary>
    public static string Cut(string? text, int length)
    {
        var clean = Clean(text);
        if (clean.Length <= length)
            return clean;
        return WholeCharacters.Cut(clean, length).TrimEnd();
    }

    [GeneratedRegex(" {2,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
