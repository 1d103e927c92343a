using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;

namespace IntacctSync.Local.Cli;

/// <summary>Lists records, and tells by cause why some of them need a person.</summary>
internal static class RecordList
{
    private const string Listed = "50";
    private static readonly string?[] Asking = ["needsAction", "dead"];

    public static bool NeedsPerson(JsonNode? record) => record?["state"]?.ToString() is "needsAction" or "dead";

    public static async Task<int> ShowAsync(VerbCall call, CancellationToken cancellationToken)
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
            call.Terminal.Line(call.Flag("--needs-you") ? "Nothing needs you." : "There is no such record.");
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
        var query = HostCaller.Query(
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
            var names = records.Take(NamedRecord.MostNames).Select(r => NameOf(r!));
            var further =
                records.Count > NamedRecord.MostNames ? $" and {records.Count - NamedRecord.MostNames} more" : "";
            terminal.Line();
            terminal.Paragraph($"{string.Join(", ", names)}{further} ({cause.Key.Flow})");
            terminal.Paragraph(TradeWords.Of(cause.Key.Message), "  ");
            terminal.Paragraph(TradeWords.Of(Terminal.Text(records[0]!["error"]!["fix"])), "  ");
            if (records.Any(NeedsPerson))
                terminal.Paragraph(
                    $"Once it is mended: intacctsync retry \"{NameOf(records[0]!)}\" --flow {cause.Key.Flow}",
                    "  "
                );
            if (records.Count(NeedsPerson) > 1)
                terminal.Paragraph(
                    $"Once all of them are: intacctsync retry --code {cause.Key.Code} --flow {cause.Key.Flow}",
                    "  "
                );
        }
    }

    private static string NameOf(JsonNode record) => Terminal.Text(record["title"] ?? record["sourceId"]);
}
