using System.Text;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct.Queries;

/// <summary>
/// Finds the records whose text a <see cref="ComparisonKey"/> may call equal, where Intacct itself compares blanks and
/// Unicode forms exactly. It finds more than that: the caller compares what was found by the key. Pure.
/// </summary>
public static class LikePatterns
{
    /// <summary>Fewer letters and digits would match nearly everything.</summary>
    private const int FewestLetters = 3;

    /// <param name="field">Of the object that is queried; the query ignores case.</param>
    /// <param name="texts">What is looked for; none of them blank.</param>
    public static QueryFilter Finding(string field, IReadOnlyCollection<string> texts)
    {
        var exact = texts
            .SelectMany(t =>
                new[]
                {
                    t,
                    ComparisonKey.Normal(t, NormalizationForm.FormC),
                    ComparisonKey.Normal(t, NormalizationForm.FormD),
                    ComparisonKey.Normal(t, NormalizationForm.FormKC),
                }
            )
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return QueryFilter.Or([
            QueryFilter.In(field, exact),
            .. texts.SelectMany(Of).Distinct(StringComparer.Ordinal).Select(p => QueryFilter.Like(field, p)),
        ])!;
    }

    /// <summary>
    /// The text with any blanks between its words, and with nothing, one character of any kind, or a blank and more
    /// around it.
    /// </summary>
    /// <remarks>
    /// In a pattern '%' stands for any text and '_' for any one character; neither can be escaped. A '%' of the text is
    /// replaced by '_'.
    /// </remarks>
    internal static IEnumerable<string> Of(string text)
    {
        var words = string.Join('%', Letters(text).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return [words, $"_{words}", $"{words}_", $"_{words}_", $"{words} %", $"% {words}", $"% {words} %"];
    }

    /// <summary>
    /// A letter with a mark is one character or two, as its form has it, so any text may stand in its place.
    /// </summary>
    private static string Letters(string text)
    {
        var plain = ComparisonKey.Normal(text, NormalizationForm.FormKC).Replace('%', '_');
        var pattern = new StringBuilder(plain.Length);
        foreach (var rune in plain.EnumerateRunes())
        {
            var letter = rune.ToString();
            var varies =
                ComparisonKey.Normal(letter, NormalizationForm.FormD) != letter
                || Rune.GetUnicodeCategory(rune)
                    is System.Globalization.UnicodeCategory.NonSpacingMark
                        or System.Globalization.UnicodeCategory.Format;
            if (Rune.IsWhiteSpace(rune))
                pattern.Append(' ');
            else if (!varies)
                pattern.Append(letter);
            else if (pattern.Length == 0 || pattern[^1] != '%')
                pattern.Append('%');
        }

        return pattern.ToString().Count(char.IsLetterOrDigit) >= FewestLetters || !pattern.ToString().Contains('%')
            ? pattern.ToString()
            : plain;
    }
}
