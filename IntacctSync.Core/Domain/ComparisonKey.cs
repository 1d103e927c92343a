using System.Text;

namespace IntacctSync.Core.Domain;

/// <summary>
/// What two texts that people read as the same have in common. Both sides of a comparison of names or e-mail addresses
/// go through it: case, the Unicode form, and the kind and number of blanks do not count. Pure.
/// </summary>
/// <remarks>
/// The form is NFKC (unicode.org, UAX #15), which also makes one of wide and narrow letters, and a plain blank of a
/// no-break space. Characters that are never seen, such as a zero-width space, are left out.
/// </remarks>
public static class ComparisonKey
{
    /// <returns>Empty for null and for blanks alone. Not for display.</returns>
    public static string Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";
        var key = new StringBuilder(text.Length);
        foreach (var rune in Normal(text, NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (key.Length > 0 && key[^1] != ' ')
                    key.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not System.Globalization.UnicodeCategory.Format)
            {
                key.Append(Rune.ToUpperInvariant(rune).ToString());
            }
        }

        return Normal(key.ToString().TrimEnd(), NormalizationForm.FormKC);
    }

    public static bool AreEqual(string? one, string? other) => Of(one) == Of(other);

    /// <summary>In that form; as it is where it holds half a surrogate pair, which has none.</summary>
    internal static string Normal(string text, NormalizationForm form)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
