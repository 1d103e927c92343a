using System.Text.RegularExpressions;

namespace IntacctSync.Local.Cli;

/// <summary>The help of the library, which knows no width where it does not write to a terminal itself.</summary>
internal static partial class HelpText
{
    /// <summary>
    /// The same in lines that fit, broken between words, and without blanks at their ends. What explains a name goes on
    /// below itself; a command stays whole, so that it can be copied.
    /// </summary>
    public static string Fitted(string help, int width) =>
        string.Join(Environment.NewLine, help.TrimEnd().Split(Environment.NewLine).SelectMany(l => Lines(l, width)));

    private static IEnumerable<string> Lines(string line, int width)
    {
        var text = line.TrimEnd();
        if (text.Length <= width || text.TrimStart().StartsWith(VerbProgram.Called, StringComparison.Ordinal))
            return [text];
        var head = Name().Match(text) is { Success: true } name ? name.Value : text[..^text.TrimStart().Length];
        return TextTable
            .Wrap(text[head.Length..], width - head.Length)
            .Select((part, i) => (i == 0 ? head : new string(' ', head.Length)) + part);
    }

    /// <summary>An option, an argument or a verb, with the blanks behind it.</summary>
    [GeneratedRegex(@"^ +\S.*?  +(?=\S)", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
