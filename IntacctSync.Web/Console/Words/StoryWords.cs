using System.Text.RegularExpressions;
using IntacctSync.Core.Connections;

namespace IntacctSync.Web.Console.Words;

/// <summary>
/// Takes apart what a story says, so that what only a search needs stands apart from what people read.
/// </summary>
internal static partial class StoryWords
{
    /// <summary>The control id that a line names behind what it says.</summary>
    public static Match ControlId(string detail) => NamedControlId().Match(detail);

    /// <summary>A counterpart's number in a sentence; an id that only a program reads says nothing.</summary>
    public static string Told(string detail) =>
        Guid.TryParse(detail, out _) ? ""
        : detail.Length > 0 && !detail.Contains(' ', StringComparison.Ordinal) ? $"with the id {detail}"
        : Titles.InOrder(TradeWords.Of(detail));

    /// <summary>A line without it.</summary>
    public static string Short(string detail) => NamedControlId().Replace(detail, "");

    [GeneratedRegex(@" \(control id (?<id>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamedControlId();
}
