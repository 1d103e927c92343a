using System.Globalization;
using System.Text;

namespace IntacctSync.Core.Domain;

/// <summary>
/// What two texts that people read as the same have in common. Both sides of a comparison of names or e-mail addresses
/// go through it: case, the Unicode form, and the kind and number of blanks do not count. Pure.
/// </summary>
/// <remarks>
/// Characters are taken apart (<see cref="UnicodeDecomposition"/>), so that it does not matter whether a letter and its
/// mark are one or two. Characters that are never seen, such as a zero-width space, are left out.
/// </remarks>
public static class ComparisonKey
{
    /// <returns>Empty for null and for blanks alone. Not for display.</returns>
    public static string Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";
        var key = new StringBuilder(text.Length);
        var marks = new List<Rune>();
        foreach (var rune in text.EnumerateRunes().SelectMany(UnicodeDecomposition.Of))
        {
            if (IsMark(rune))
            {
                marks.Add(rune);
                continue;
            }

            Append(key, marks);
            if (Rune.IsWhiteSpace(rune))
            {
                if (key.Length > 0 && key[^1] != ' ')
                    key.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                key.Append(Rune.ToUpperInvariant(rune).ToString());
            }
        }

        Append(key, marks);
        return key.ToString().TrimEnd();
    }

    public static bool AreEqual(string? one, string? other) => Of(one) == Of(other);

    internal static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>The marks of one letter in one order, whatever the order in which they were typed.</summary>
    private static void Append(StringBuilder key, List<Rune> marks)
    {
        foreach (var mark in marks.Order())
            key.Append(mark.ToString());
        marks.Clear();
    }
}
