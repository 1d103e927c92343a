using System.Text.RegularExpressions;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// Leaves records out of Intacct's answers, as for a user who no longer sees them. Intacct itself still has them.
/// </summary>
internal static class HiddenRecords
{
    /// <summary>The answer without the records of a kind of which one element has just this value.</summary>
    /// <param name="answer">As it came.</param>
    /// <param name="kind">The object, in any case.</param>
    /// <param name="value">Of any of its elements; null for all records of the kind.</param>
    public static string Hide(string answer, string kind, string? value = null) =>
        Regex.Replace(
            answer,
            $"<{kind}>(?<record>.*?)</{kind}>",
            m =>
                value is null || m.Groups["record"].Value.Contains($">{value}<", StringComparison.Ordinal)
                    ? ""
                    : m.Value,
            RegexOptions.Singleline | RegexOptions.IgnoreCase,
            TimeSpan.FromSeconds(5)
        );

    /// <summary>Whether records of a kind are read by their keys.</summary>
    public static bool IsReadOf(string sent, string kind) =>
        Regex.IsMatch(sent, $"<read(ByName)?>\\s*<object>{kind}</object>", RegexOptions.None, TimeSpan.FromSeconds(5));
}
