using System.Text.RegularExpressions;

namespace IntacctSync.Core.Connections.Document;

/// <summary>The settings of a connection as the form calls them. Pure.</summary>
public static partial class FieldWords
{
    /// <summary>
    /// A text that names members of the document, such as <c>invoice.glAccountNo</c>, with the labels of the form in
    /// their place, in words of the trade, and without the uids that the form's lists stand for.
    /// </summary>
    public static string Labelled(string text, ConnectionForm form)
    {
        var labels = form.Fields.ToDictionary(f => f.Path, f => f.Label, StringComparer.Ordinal);
        return Member()
            .Replace(
                TradeWords.Of(BracketedUid().Replace(text, "")),
                found => labels.TryGetValue(found.Value, out var label) ? $"'{label}'" : found.Value
            );
    }

    /// <summary>A word with a dot or a capital inside: no word of a sentence looks so.</summary>
    [GeneratedRegex(@"\b[a-z]+(?:[A-Z]\w*)?(?:\.[a-z]\w+)+\b|\b[a-z]+[A-Z]\w*\b", RegexOptions.None, 1000)]
    private static partial Regex Member();

    [GeneratedRegex(@" \([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex BracketedUid();
}
