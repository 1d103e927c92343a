using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntacctSync.Core.Connections;

namespace IntacctSync.Local.Cli;

/// <summary>What the verbs about records print of one: its head, its story's lines, and its explanation.</summary>
internal static partial class RecordTexts
{
    public static void Explain(Terminal terminal, JsonNode told, string would, string? rests)
    {
        terminal.Line(Terminal.Text(told["title"]));
        if (rests is not null)
            terminal.Paragraph(rests);
        terminal.Line();
        terminal.Paragraph($"A sync would {WouldDo(would)}. {Terminal.Sentences(told["why"], told["fix"])}");
        terminal.Line();
        var differing = told["differences"]!
            .AsArray()
            .ToDictionary(d => d!["field"]!.ToString(), d => Terminal.Text(d!["target"]), StringComparer.Ordinal);
        var mapped = told["mapped"]?.AsObject() ?? [];
        var target = told["target"];
        var has = told["counterpart"]?.AsObject() ?? [];
        if (target is null)
            terminal.Paragraph(
                told["targetId"] is { } linked
                    ? $"It is linked to {Readable("", linked)}, which is not shown now."
                    : "It is linked to no counterpart."
            );
        // Of lines only what differs is shown.
        var others = told["differences"]!
            .AsArray()
            .Where(d => !mapped.ContainsKey(d!["field"]!.ToString()))
            .Select(d =>
                (IReadOnlyList<string>)
                    [
                        PlainWords.Field(d!["field"]!.ToString()),
                        Terminal.Text(d["source"]),
                        $"{Terminal.Text(d["target"])} (differs)",
                    ]
            );
        if (mapped.Count > 0)
            terminal.Table(
                ["field", "source", "target"],
                mapped
                    .Select(f =>
                        (IReadOnlyList<string>)
                            [
                                PlainWords.Field(f.Key),
                                Terminal.Text(f.Value),
                                target is null ? "-"
                                : differing.TryGetValue(f.Key, out var differs) ? $"{differs} (differs)"
                                : has[f.Key] is { } said ? Terminal.Text(said)
                                : "not compared",
                            ]
                    )
                    .Concat(others)
            );
        if (told["request"] is { } request)
        {
            terminal.Line();
            terminal.Line("It would send:");
            ShowRequest(terminal, request);
        }

        ShowLast(terminal, told["lastRequest"], withText: true);
    }

    /// <summary>The request that went out last, and the answer.</summary>
    public static void ShowLast(Terminal terminal, JsonNode? last, bool withText)
    {
        if (last is null)
            return;
        terminal.Line();
        terminal.Line($"Last sent: {Terminal.Text(last["call"])}, {Terminal.Time(last["at"])}");
        terminal.Paragraph(
            last["answer"] is { } answer
                ? $"Answer: {TradeWords.Of(Terminal.Text(answer))}"
                : "Its answer is not known."
        );
        if (withText)
            ShowRequest(terminal, last["request"]!);
    }

    private static void ShowRequest(Terminal terminal, JsonNode request)
    {
        foreach (var line in request.ToString().Split('\n').SelectMany(XmlText.Lines))
            terminal.Line("  " + line);
    }

    /// <summary>Why nothing is written now, whatever a sync would do; null where it would.</summary>
    public static string? Rests(JsonNode document) =>
        document["active"]?.GetValue<bool>() == false ? "The connection rests: nothing is written until it goes on."
        : Stopped(document) is { } stopped ? stopped
        : document["mode"]?.ToString() == "shadow"
            ? "The connection is in shadow mode: everything is decided, and nothing is written."
        : null;

    /// <summary>That a connection stands still, why, and how to mend it; null where it does not.</summary>
    public static string? Stopped(JsonNode document) =>
        document["active"]?.GetValue<bool>() != false && document["stop"] is { } stop
            ? $"The connection has stood still since {Terminal.Time(stop["since"])}, so nothing is written until that "
                + $"is mended. {Terminal.Sentences(stop["message"], stop["fix"])}"
            : null;

    private static string WouldDo(string kind) =>
        kind switch
        {
            "create" => "make its counterpart",
            "adopt" => "take one that exists for its counterpart",
            "change" => "change its counterpart",
            "equal" => "do nothing",
            "skip" => "leave it out",
            "ask" => "ask a person",
            "wait" => "wait",
            _ => "try again later",
        };

    public static void Head(Terminal terminal, JsonNode story)
    {
        terminal.Line($"{Terminal.Text(story["title"] ?? story["sourceId"])} ({story["flow"]})");
        terminal.Line(
            $"{Terminal.Words(Terminal.Text(story["state"]))}"
                + (story["targetId"] is null ? ", no counterpart" : $", {Readable("counterpart", story["targetId"])}")
                + (story["ignored"]?.GetValue<bool>() == true ? ", ignored by hand" : "")
        );
        if (story["title"] is null)
            terminal.Line($"source id {story["sourceId"]}");
        var about = About(story);
        if (about.Length > 0)
            terminal.Paragraph(about);
        if (story["error"] is { } error)
        {
            terminal.Line();
            terminal.Paragraph(Terminal.Sentences(error["message"], error["fix"]));
        }
    }

    /// <summary>Customer, amount and date of a record, as far as it has them.</summary>
    public static string About(JsonNode record) =>
        string.Join(
            ", ",
            new[]
            {
                Terminal.Text(record["customer"]),
                $"{Terminal.Money(record["amount"])} {record["currency"]}".Trim(),
                Terminal.Text(record["date"]),
            }.Where(t => t.Length > 0)
        );

    /// <summary>
    /// What a line of a story says, without the ids that only a search needs; those are in the answer to
    /// <c>--json</c>.
    /// </summary>
    public static string Told(string detail)
    {
        var text = ControlId().Replace(detail, "");
        return text.Length == 0 || Guid.TryParse(text, out _) ? ""
            : text.Contains(' ', StringComparison.Ordinal) ? $": {TradeWords.Of(text)}"
            : $", with the id {text}";
    }

    [GeneratedRegex(@" \(control id [^)]*\)", RegexOptions.None, 1000)]
    private static partial Regex ControlId();

    /// <summary>
    /// A counterpart by its number; an id that only a program reads says no more than that there is one.
    /// </summary>
    public static string Readable(string before, JsonNode? id) =>
        Guid.TryParse(Terminal.Text(id), out _) ? "has a counterpart" : $"{before} {id}".Trim();
}
