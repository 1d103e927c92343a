using System.Globalization;
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

    private static readonly Rune AnyText = new('%');

    /// <param name="field">Of the object that is queried; the query ignores case.</param>
    /// <param name="texts">What is looked for; none of them blank.</param>
    public static QueryFilter Finding(string field, IReadOnlyCollection<string> texts)
    {
        return QueryFilter.Or([
            QueryFilter.In(field, [.. texts.Distinct(StringComparer.Ordinal)]),
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
        var pattern = new List<Rune>(text.Length);
        foreach (var rune in text.EnumerateRunes().SelectMany(UnicodeDecomposition.Of))
        {
            if (ComparisonKey.IsMark(rune) && pattern.Count > 0)
                pattern[^1] = AnyText;
            else
                pattern.Add(
                    Rune.IsWhiteSpace(rune) ? new Rune(' ')
                    : rune == AnyText ? new Rune('_')
                    : Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format ? AnyText
                    : rune
                );
        }

        var found = string.Concat(pattern.Select(r => r.ToString()));
        return found.Count(char.IsLetterOrDigit) >= FewestLetters || !found.Contains('%', StringComparison.Ordinal)
            ? found
            : text.Replace('%', '_');
    }
}
