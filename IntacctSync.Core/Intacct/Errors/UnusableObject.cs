using System.Text.RegularExpressions;

namespace IntacctSync.Core.Intacct.Errors;

/// <summary>
/// What a text of Intacct says is missing or not valid: the subject of that sentence, and not whatever else the text
/// names. So "Exchange rate not found for location 100" is about an exchange rate. Pure.
/// </summary>
internal static partial class UnusableObject
{
    /// <summary>
    /// In small letters, one of those that <see cref="Objects"/> lists; null where the text tells none.
    /// </summary>
    public static string? In(string text) => Ends().Split(text).Select(OfSentence).FirstOrDefault(o => o is not null);

    private static string? OfSentence(string sentence) =>
        Verdict().Match(sentence) is { Success: true } verdict
        && Objects().Match(sentence[..verdict.Index]) is { Success: true } subject
            ? subject.Value.ToLowerInvariant()
            : null;

    /// <summary>A full stop within a number or an id ends no sentence.</summary>
    [GeneratedRegex(@"[.!?;]\s+", RegexOptions.None, 1000)]
    private static partial Regex Ends();

    [GeneratedRegex(
        @"\b(?:(?:is|are) (?:not valid|invalid)|not found|does not exist|doesn't exist"
            + @"|(?:cannot|can't|could not|couldn't) be found)\b",
        RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Verdict();

    [GeneratedRegex(
        @"\b(?:exchange rate|account|item|customer|contact|term|location|entity|department|class|project"
            + @"|period|unit)\b",
        RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Objects();
}
