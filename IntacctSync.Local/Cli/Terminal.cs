using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntacctSync.Core.Connections;
using IntacctSync.Local.Sandbox;
using Spectre.Console;

namespace IntacctSync.Local.Cli;

/// <summary>
/// Where a verb writes to: a terminal, or a file or pipe, which gets plain text without blanks at the ends of lines.
/// </summary>
/// <param name="output">Takes the answers.</param>
/// <param name="errors">Takes what went wrong.</param>
/// <param name="json">Whether the answers are wanted as the API gives them.</param>
/// <param name="person">Where a person is asked; null for the terminal that the output goes to, if it is one.</param>
internal sealed partial class Terminal(TextWriter output, TextWriter errors, bool json, IAnsiConsole? person = null)
{
    private const int PipeWidth = 80;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What is handed over where nobody can be asked.</summary>
    public TextReader Input { get; init; } = System.Console.In;

    /// <summary>Whether the answers themselves are wanted.</summary>
    public bool Json { get; } = json;

    /// <summary>What commands that are proposed name as well: which connection, and where the host is.</summary>
    private (string? Connection, string? Url) _named;

    public IAnsiConsole Console { get; } = person ?? SandboxConsole.On(output);

    /// <summary>Whether somebody can be asked, and looks on.</summary>
    public bool IsInteractive => !Json && Console.Moves() && (person is not null || !System.Console.IsInputRedirected);

    private int Width => Console.Moves() ? Math.Min(Console.Profile.Width, 120) : PipeWidth;

    public void Write(JsonNode answer) => output.WriteLine(answer.ToJsonString(Indented));

    public void Line(string text = "") => output.WriteLine(text.TrimEnd());

    /// <summary>
    /// A text with the program called as it is called here; the host and the documents call it by its name.
    /// </summary>
    public static string Called(string text) =>
        text.Replace("intacctsync ", $"{VerbProgram.Called} ", StringComparison.Ordinal);

    /// <summary>A text of sentences, broken between words.</summary>
    public void Paragraph(string text, string indent = "")
    {
        foreach (var line in Lines(text, indent.Length))
            Line(indent + line);
    }

    /// <summary>
    /// A text in lines. A command at its end stands in a line of its own where it would be broken, so that it can be
    /// copied whole.
    /// </summary>
    private IEnumerable<string> Lines(string text, int indent)
    {
        var at = text.LastIndexOf(": intacctsync ", StringComparison.Ordinal);
        if (at < 0 || text.EndsWith('.'))
            return TextTable.Wrap(Prose(text), Width - indent);
        var command = Command(text[(at + 2)..]);
        var lines = TextTable.Wrap($"{Prose(text[..(at + 1)])} {command}", Width - indent);
        return lines.Any(l => l.EndsWith(command, StringComparison.Ordinal))
            ? lines
            : [.. TextTable.Wrap(Prose(text[..(at + 1)]), Width - indent), "  " + command];
    }

    /// <summary>A text with each verb that it names as it is typed here.</summary>
    private string Prose(string text) => Called(Verb().Replace(text, verb => verb.Value + Named(verb.Value)));

    /// <summary>A verb within a text, which the host names without options.</summary>
    [GeneratedRegex(@"\bintacctsync (?:(?:webhooks|mail) )?[a-z]+\b(?! --)", RegexOptions.None, 1000)]
    private static partial Regex Verb();

    /// <summary>A command as it is typed here.</summary>
    /// <param name="text">With the program's own name.</param>
    public string Command(string text) => Called(text) + Named(text);

    private string Named(string command) =>
        Named(command, "--connection", _named.Connection) + Named(command, "--url", _named.Url);

    private static string Named(string command, string option, string? value) =>
        value is null || command.Contains($" {option} ", StringComparison.Ordinal) ? "" : $" {option} {value}";

    /// <summary>From now on, commands that are proposed name these, as the call did.</summary>
    /// <param name="connection">Null where there is one only.</param>
    /// <param name="url">Where the host is; null for the usual place.</param>
    public void Name(string? connection, string? url) => _named = (connection, url);

    /// <summary>A title, and paragraphs under it.</summary>
    public void Block(string title, params IEnumerable<string> paragraphs)
    {
        Line();
        Line(title);
        foreach (var paragraph in paragraphs.Where(p => p.Length > 0))
            Paragraph(paragraph, "  ");
    }

    /// <summary>
    /// What went wrong: a line of it begins a line, and is broken between words. A terminal that was closed takes
    /// nothing more; what is still to be done is done all the same.
    /// </summary>
    public void Error(string text)
    {
        foreach (var line in text.Split(Environment.NewLine))
        {
            var indent = line[..^line.TrimStart().Length];
            foreach (var part in Lines(line, indent.Length))
            {
                try
                {
                    errors.WriteLine((indent + part).TrimEnd());
                }
                catch (IOException)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Two texts behind each other, each a sentence of its own, in words of the trade.</summary>
    public static string Sentences(JsonNode? first, JsonNode? second)
    {
        var (one, two) = (TradeWords.Of(Text(first).Trim()), TradeWords.Of(Text(second).Trim()));
        return one.Length == 0 || two.Length == 0 ? one + two
            : one[^1] is '.' or '!' or '?' or ':' ? $"{one} {two}"
            : $"{one}. {two}";
    }

    /// <summary>An amount of money with its cents.</summary>
    public static string Money(JsonNode? value) =>
        decimal.TryParse(Text(value), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
            ? amount.ToString("#,##0.00##", CultureInfo.InvariantCulture)
            : Text(value);

    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var lines = TextTable.Lines(head, rows.Select(r => (IReadOnlyList<string>)[.. r.Select(Prose)]), Width);
        for (var i = 0; i < lines.Count; i++)
        {
            if (i == 0 && Console.Profile.Capabilities.Ansi)
                Console.MarkupLine($"[bold]{Markup.Escape(lines[i])}[/]");
            else
                Line(lines[i]);
        }
    }

    /// <summary>A time as a person reads it, of this machine's zone.</summary>
    public static string Time(JsonNode? value) =>
        value is not null
        && DateTimeOffset.TryParse(
            value.ToString(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : "never";

    public static string Text(JsonNode? value) => value?.ToString() ?? "";

    public static int Number(JsonNode? value) =>
        value is not null && int.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A word of the API, such as <c>needsAction</c>, as people write it.</summary>
    public static string Words(string camelCase) =>
        camelCase.Any(char.IsLower)
            ? string.Concat(camelCase.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()))
            : camelCase.ToLowerInvariant();
}
