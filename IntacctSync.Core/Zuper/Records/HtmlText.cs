using System.Net;
using System.Text.RegularExpressions;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>
/// The plain text of what Zuper keeps as HTML. Only what is markup beyond doubt is taken out: a text may as well hold
/// <c>x&lt;y</c>. Pure.
/// </summary>
internal static partial class HtmlText
{
    /// <summary>Elements that have no end tag, or may lack it (html.spec.whatwg.org, Optional tags).</summary>
    private static readonly HashSet<string> Alone = new(StringComparer.OrdinalIgnoreCase)
    {
        "br",
        "hr",
        "img",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
    };

    /// <summary>Elements that editors write in pairs.</summary>
    private static readonly HashSet<string> Paired = new(StringComparer.OrdinalIgnoreCase)
    {
        "a",
        "abbr",
        "address",
        "article",
        "b",
        "big",
        "blockquote",
        "body",
        "center",
        "code",
        "del",
        "div",
        "dl",
        "em",
        "figure",
        "font",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "html",
        "i",
        "ins",
        "label",
        "mark",
        "ol",
        "pre",
        "q",
        "s",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tt",
        "u",
        "ul",
    };

    /// <returns>The text itself where it holds no markup.</returns>
    public static string Plain(string text)
    {
        var names = Tags()
            .Matches(text)
            .Select(m => (Name: m.Groups["name"].Value.ToUpperInvariant(), IsEnd: m.Groups["end"].Success))
            .ToHashSet();
        var found = false;
        var plain = Tags()
            .Replace(
                text,
                m =>
                {
                    var name = m.Groups["name"].Value;
                    var upper = name.ToUpperInvariant();
                    var isMarkup =
                        Alone.Contains(name)
                        || (Paired.Contains(name) && names.Contains((upper, true)) && names.Contains((upper, false)));
                    found |= isMarkup;
                    return isMarkup ? " " : m.Value;
                }
            );
        return found ? WebUtility.HtmlDecode(plain) : text;
    }

    /// <summary>A tag whose attributes, if it has any, all have values.</summary>
    [GeneratedRegex(
        """<(?<end>/)?(?<name>[a-z][a-z0-9]*)(?:\s+[a-z_:][-\w:.]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=`]+))*\s*/?>""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Tags();
}
