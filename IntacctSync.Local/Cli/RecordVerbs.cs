using System.CommandLine;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;

namespace IntacctSync.Local.Cli;

/// <summary>Records: list, show, explain, and what a person decides about them.</summary>
internal static class RecordVerbs
{
    private const string Listed = "50";
    private const int MostNames = 6;
    private static readonly string?[] Asking = ["needsAction", "dead"];
    private static readonly string[] Names = ["title", "sourceId", "targetId"];

    public static IEnumerable<Command> Make(VerbMaker maker) =>
        [
            maker.OfConnection(
                "records",
                "Lists records by number and title.",
                ["records --needs-you", "records INV-17 --flow invoices"],
                ListAsync,
                new Argument<string?>("text")
                {
                    Description = "The beginning of a number, a title or an id; may be left out.",
                    DefaultValueFactory = _ => null,
                },
                VerbMaker.Flow(),
                VerbMaker.Option("--state", "Only these: pending, synced, skipped, inDoubt, needsAction or dead."),
                VerbMaker.Switch("--needs-you", "Only those that need a person or were given up."),
                VerbMaker.Switch("--all", "All of them, and not the first 50 alone.")
            ),
            maker.OfConnection(
                "show",
                "A record's state and story.",
                ["show INV-1017", "show \"Harbor Dental Group\" --flow organizations"],
                ShowAsync,
                Named(),
                VerbMaker.Flow()
            ),
            maker.OfConnection(
                "explain",
                "Reads both sides now: what differs, what a sync would do, and why.",
                ["explain INV-1017", "explain INV-1017 --json"],
                ExplainAsync,
                Named(),
                VerbMaker.Flow()
            ),
            maker.OfConnection(
                "retry",
                "Tries a record again; or all that failed, or all of one cause.",
                ["retry INV-1017", "retry --code invoice-account-missing", "retry --all"],
                RetryAsync,
                new Argument<string?>("record")
                {
                    Description = "Its number, title or id; left out with --code, --flow or --all.",
                    DefaultValueFactory = _ => null,
                },
                VerbMaker.Flow(),
                VerbMaker.Option("--code", "All that failed for this cause."),
                VerbMaker.Switch("--all", "All that need a person or were given up.")
            ),
            maker.OfConnection(
                "link",
                "Says what a record's counterpart is.",
                ["link \"Harbor Dental Group\" C-1001"],
                LinkAsync,
                Named(),
                new Argument<string>("target") { Description = "The id of its counterpart, such as C-1001." },
                VerbMaker.Flow()
            ),
            maker.OfConnection(
                "ignore",
                "Never syncs a record again; undone by retry.",
                ["ignore INV-1017 --reason \"entered by hand\""],
                IgnoreAsync,
                Named(),
                VerbMaker.Flow(),
                VerbMaker.Option("--reason", "Why, for the record's story.")
            ),
        ];

    private static Argument<string> Named() =>
        new("record") { Description = "Its number, its title, or its id on either side." };

    private static async Task<int> ListAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var items = new JsonArray();
        string? after = null;
        foreach (var state in call.Flag("--needs-you") ? Asking : [call.Text("--state")])
            after = await ReadAsync(call, state, items, cancellationToken) ?? after;
        if (call.Terminal.Json)
        {
            call.Terminal.Write(new JsonObject { ["items"] = items, ["next"] = after });
        }
        else if (items.Count == 0)
        {
            call.Terminal.Line("There is no such record.");
        }
        else
        {
            call.Terminal.Table(
                ["flow", "state", "counterpart", "record"],
                items.Select(r =>
                    (IReadOnlyList<string>)
                        [
                            Terminal.Text(r!["flow"]),
                            Terminal.Words(Terminal.Text(r["state"])),
                            RecordTexts.Readable("", r["targetId"]),
                            Terminal.Text(r["title"] ?? r["sourceId"]),
                        ]
                )
            );
            ShowCauses(call.Terminal, items);
            if (after is not null)
                call.Terminal.Line("There are more: --all lists them all.");
        }

        return items.Any(NeedsPerson) ? ExitCodes.NeedsPerson : ExitCodes.Done;
    }

    /// <returns>Where the list goes on; null at its end.</returns>
    private static async Task<string?> ReadAsync(
        VerbCall call,
        string? state,
        JsonArray items,
        CancellationToken cancellationToken
    )
    {
        var query = Query(
            ("flow", call.Text("--flow")),
            ("state", state),
            ("q", call.Text("text")),
            ("pageSize", call.Flag("--all") ? "200" : Listed)
        );
        string? after = null;
        do
        {
            var page = await call.Host.OfConnectionAsync(
                $"/records{query}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}",
                cancellationToken
            );
            foreach (var item in page["items"]!.AsArray())
                items.Add(item!.DeepClone());
            after = page["next"]?.ToString();
        } while (after is not null && call.Flag("--all"));

        return after;
    }

    /// <summary>
    /// Why records need a person: those of one cause together, with its fix and how they are retried.
    /// </summary>
    private static void ShowCauses(Terminal terminal, JsonArray items)
    {
        var causes = items
            .Where(r => r!["error"] is not null)
            .GroupBy(r =>
                (Flow: $"{r!["flow"]}", Message: $"{r["error"]!["message"]}", Code: $"{r["error"]!["code"]}")
            );
        foreach (var cause in causes)
        {
            var records = cause.ToList();
            var names = records.Take(MostNames).Select(r => Terminal.Text(r!["title"] ?? r["sourceId"]));
            var further = records.Count > MostNames ? $" and {records.Count - MostNames} more" : "";
            terminal.Line();
            terminal.Paragraph($"{string.Join(", ", names)}{further} ({cause.Key.Flow})");
            terminal.Paragraph(TradeWords.Of(cause.Key.Message), "  ");
            terminal.Paragraph(TradeWords.Of(Terminal.Text(records[0]!["error"]!["fix"])), "  ");
            if (records.Any(NeedsPerson))
                terminal.Paragraph(
                    $"Once it is mended: intacctsync retry --code {cause.Key.Code} --flow {cause.Key.Flow}",
                    "  "
                );
        }
    }

    private static async Task<int> ShowAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (path, _) = await FindAsync(call, cancellationToken);
        var story = await call.Host.OfConnectionAsync(path, cancellationToken);
        if (call.Terminal.Json)
        {
            call.Terminal.Write(story);
        }
        else
        {
            RecordTexts.Head(call.Terminal, story);
            call.Terminal.Line();
            foreach (var entry in story["timeline"]!.AsArray())
            {
                var what = Terminal.Words(Terminal.Text(entry!["what"]));
                call.Terminal.Paragraph(
                    $"{Terminal.Time(entry["at"])}  {what}{RecordTexts.Told(Terminal.Text(entry["detail"]))}"
                );
            }

            RecordTexts.ShowLast(call.Terminal, story["lastRequest"], withText: false);
        }

        return NeedsPerson(story) ? ExitCodes.NeedsPerson : ExitCodes.Done;
    }

    private static async Task<int> ExplainAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (path, _) = await FindAsync(call, cancellationToken);
        var told = await call.Host.OfConnectionAsync(path + "/explain", cancellationToken);
        var would = Terminal.Text(told["wouldDo"]);
        if (call.Terminal.Json)
            call.Terminal.Write(told);
        else
            RecordTexts.Explain(
                call.Terminal,
                told,
                would,
                RecordTexts.Rests(await call.Host.OfConnectionAsync("", cancellationToken))
            );
        return would == "ask" || told["fix"] is not null ? ExitCodes.NeedsPerson : ExitCodes.Done;
    }

    private static async Task<int> RetryAsync(VerbCall call, CancellationToken cancellationToken)
    {
        if (call.Text("record") is null)
        {
            if (!call.Flag("--all") && call.Text("--code") is null && call.Text("--flow") is null)
                throw new VerbFailedException(
                    ExitCodes.UsedWrongly,
                    "Name a record, or give --code, --flow or --all for all that failed."
                );
            var body = new JsonObject { ["flow"] = call.Text("--flow"), ["code"] = call.Text("--code") };
            var answer = await call.Host.OfConnectionAsync(HttpMethod.Post, "/retry", body, cancellationToken);
            return Said(
                call,
                answer,
                Terminal.Number(answer["count"]) switch
                {
                    0 => "There is nothing to try again.",
                    1 => "One is tried again.",
                    var count => $"{count} are tried again.",
                }
            );
        }

        var (path, title) = await FindAsync(call, cancellationToken);
        var retried = await call.Host.OfConnectionAsync(HttpMethod.Post, path + "/retry", null, cancellationToken);
        return Said(call, retried, $"{title} is tried again.");
    }

    private static async Task<int> LinkAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (path, title) = await FindAsync(call, cancellationToken);
        var target = call.Text("target")!;
        var body = new JsonObject { ["targetId"] = target };
        var answer = await call.Host.OfConnectionAsync(HttpMethod.Post, path + "/link", body, cancellationToken);
        return Said(call, answer, $"{title} is linked to {target}.");
    }

    private static async Task<int> IgnoreAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (path, title) = await FindAsync(call, cancellationToken);
        var body = new JsonObject { ["reason"] = call.Text("--reason") };
        var answer = await call.Host.OfConnectionAsync(HttpMethod.Post, path + "/ignore", body, cancellationToken);
        return Said(call, answer, $"{title} is ignored. To undo it: intacctsync retry \"{title}\"");
    }

    internal static int Said(VerbCall call, JsonNode answer, string text)
    {
        if (call.Terminal.Json)
            call.Terminal.Write(answer);
        else
            call.Terminal.Paragraph(text);
        return ExitCodes.Done;
    }

    private static bool NeedsPerson(JsonNode? record) => record?["state"]?.ToString() is "needsAction" or "dead";

    /// <summary>The record that a person means: by its number or title, or its id on either side.</summary>
    private static async Task<(string Path, string Title)> FindAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var name = call.Text("record")!;
        var flow = call.Text("--flow");
        var page = await call.Host.OfConnectionAsync(
            "/records" + Query(("flow", flow), ("q", name), ("pageSize", "200")),
            cancellationToken
        );
        var exact = page["items"]!.AsArray().Where(r => Names.Any(f => Is(r![f], name))).ToList();
        return exact switch
        {
            [var only] => (PathOf(only!), Terminal.Text(only!["title"] ?? only["sourceId"])),
            // What the sync has not seen yet can still be explained.
            [] when flow is not null => ($"/records/{Uri.EscapeDataString(flow)}/{Uri.EscapeDataString(name)}", name),
            [] => throw new VerbFailedException(ExitCodes.UsedWrongly, NotFound(name, page["items"]!.AsArray())),
            _ => throw new VerbFailedException(
                ExitCodes.UsedWrongly,
                $"{exact.Count} records are called '{name}'. Name one by its id:{Environment.NewLine}"
                    + string.Join(
                        Environment.NewLine,
                        exact.Select(r => $"  {IdOf(r!)} --flow {r!["flow"]}  {RecordTexts.About(r)}".TrimEnd())
                    )
            ),
        };
    }

    /// <summary>Names those that begin so: only a whole name is taken, since another record may be meant.</summary>
    private static string NotFound(string name, JsonArray beginSo) =>
        beginSo.Count == 0
            ? $"There is no record '{name}'. Look for it: intacctsync records"
            : $"There is no record '{name}'. These begin so:{Environment.NewLine}"
                + string.Join(
                    Environment.NewLine,
                    beginSo
                        .Take(MostNames)
                        .Select(r => $"  {Terminal.Text(r!["title"] ?? r["sourceId"])} ({r["flow"]})")
                );

    /// <summary>An id that tells a record from others: its counterpart's where that is short, else its own.</summary>
    private static string IdOf(JsonNode record) =>
        record["targetId"] is { } target
        && !Guid.TryParse($"{target}", out _)
        && !$"{target}".Contains(' ', StringComparison.Ordinal)
            ? $"{target}"
            : $"{record["sourceId"]}";

    private static bool Is(JsonNode? value, string name) =>
        string.Equals(value?.ToString().Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string PathOf(JsonNode record) =>
        $"/records/{Uri.EscapeDataString(record["flow"]!.ToString())}/"
        + Uri.EscapeDataString(record["sourceId"]!.ToString());

    private static string Query(params (string Name, string? Value)[] parts) =>
        "?"
        + string.Join(
            '&',
            parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}")
        );
}
