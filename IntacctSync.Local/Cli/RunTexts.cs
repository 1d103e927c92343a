using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Review;

namespace IntacctSync.Local.Cli;

/// <summary>What the verbs about runs print of a report: of a preview, and of a comparison.</summary>
internal static class RunTexts
{
    private const int Shown = 20;

    public static void ShowPreview(Terminal terminal, JsonNode run)
    {
        if (RunVerbs.Failed(run))
            terminal.Paragraph(RunVerbs.StateOf(run));
        if (run["report"]?["counts"] is null)
            return;
        var report = run["report"]!;
        var kinds = Enum.GetValues<RehearsedKind>();
        terminal.Table(
            ["flow", .. kinds.Select(k => k.ToString().ToLowerInvariant())],
            report["flows"]!
                .AsArray()
                .Select(f => f.Deserialize<PreviewedFlow>(PreviewReport.Json)!)
                .Select(f =>
                    (IReadOnlyList<string>)
                        [
                            f.Flow,
                            .. kinds.Select(k =>
                                f.Counted(k) is { } n ? n.ToString(CultureInfo.InvariantCulture) : "-"
                            ),
                        ]
                )
        );
        foreach (var flow in report["flows"]!.AsArray().Where(f => f!["untold"] is not null))
            terminal.Block(Terminal.Text(flow!["flow"]), TradeWords.Of(Terminal.Text(flow["untold"])));
        foreach (var kind in (string[])["ask", "wait", "failed", "adopt"])
        {
            var records = report[kind]!.AsArray();
            if (records.Count == 0)
                continue;
            terminal.Line();
            terminal.Line(
                kind switch
                {
                    "ask" => "These need you first:",
                    "wait" => "These would wait:",
                    "failed" => "Of these nothing could be told:",
                    _ => "These would be taken for counterparts that exist:",
                }
            );
            terminal.Table(
                ["record", "why"],
                records
                    .Take(Shown)
                    .Select(r =>
                        (IReadOnlyList<string>)
                            [
                                Terminal.Text(r!["title"] ?? r["sourceId"]),
                                WithoutUids(Terminal.Sentences(r["why"], r["fix"])),
                            ]
                    )
            );
            var total = Math.Max(records.Count, Terminal.Number(report["counts"]?[kind]));
            if (total > Shown)
                terminal.Line($"and {total - Shown} more: --json shows the first hundred");
        }

        terminal.Line();
        terminal.Line("Nothing was written.");
    }

    /// <summary>What a uid in brackets stands for is named before it.</summary>
    private static string WithoutUids(string text) => FieldWords.Labelled(text, ConnectionForm.Empty);

    /// <param name="terminal">Where it is shown.</param>
    /// <param name="report">The comparison.</param>
    /// <param name="files">The files that were written, by what of the report they hold; empty where none was asked
    /// for.</param>
    public static void ShowReport(Terminal terminal, JsonNode report, IReadOnlyDictionary<string, string> files)
    {
        terminal.Table(
            ["flow", "records", "linked", "equal", "differ", "left out", "only at target"],
            report["flows"]!
                .AsArray()
                .Select(f =>
                    (IReadOnlyList<string>)
                        [
                            Terminal.Text(f!["flow"]),
                            Terminal.Text(f["source"]),
                            Terminal.Text(f["linked"]),
                            Terminal.Text(f["equal"]),
                            Terminal.Text(f["differ"]),
                            Terminal.Text(f["leftOut"]),
                            Terminal.Text(f["onlyAtTarget"]),
                        ]
                )
        );
        ShowReasons(terminal, report, "leftOutBecause", "left out");
        ShowReasons(terminal, report, "notCompared", "partly compared");
        var summary = report.Deserialize<ReconcileSummary>(JsonSerializerOptions.Web)!;
        ShowOnly(terminal, report, summary.Only().Sum(o => o.Count), files);
        var found = ComparisonWords.Of(summary);
        if (report["equal"]!.GetValue<bool>())
        {
            terminal.Line();
            terminal.Paragraph($"{found}.");
            return;
        }

        var unequal = report["sums"]!.AsArray().Where(s => !s!["isEqual"]!.GetValue<bool>()).ToList();
        if (unequal.Count > 0)
        {
            terminal.Line();
            terminal.Table(
                ["day", "flow", "currency", "source (records)", "target (records)"],
                unequal
                    .Take(Shown)
                    .Select(s =>
                        (IReadOnlyList<string>)
                            [
                                Terminal.Text(s!["day"]),
                                Terminal.Text(s["flow"]),
                                Terminal.Text(s["currency"]),
                                $"{Terminal.Money(s["sourceSum"])} ({s["sourceCount"]})",
                                $"{Terminal.Money(s["targetSum"])} ({s["targetCount"]})",
                            ]
                    )
            );
            ShowMore(terminal, unequal.Count, "days whose sums differ", Where(files, ReportFiles.Sums));
        }

        var records = report["records"]!.AsArray();
        foreach (var record in records.Take(Shown))
            terminal.Block(
                $"{Terminal.Text(record!["title"] ?? record["sourceId"])} ({record["flow"]})"
                    + (record["field"] is { } field ? $": {PlainWords.Field(Terminal.Text(field))}" : ""),
                TradeWords.Of(Terminal.Text(record["why"])),
                TradeWords.Of(Terminal.Text(record["repair"]))
            );
        terminal.Line();
        ShowMore(terminal, records.Count, "differences", Where(files, ReportFiles.Differences));
        terminal.Paragraph($"{found}. Nothing was changed.");
    }

    /// <summary>What a rebuild left unlinked: of each flow the first ones, and how many there are.</summary>
    public static void ShowNotLinked(Terminal terminal, JsonArray flows)
    {
        var left = flows
            .SelectMany(f => f!["firstNotLinked"]!.AsArray().Select(l => (Flow: f["flow"]!, Record: l!)))
            .ToList();
        terminal.Table(
            ["not linked", "shows", "why"],
            left.Select(l =>
                (IReadOnlyList<string>)
                    [$"{l.Flow} {l.Record["title"]}", Terminal.Text(l.Record["shows"]), Terminal.Text(l.Record["why"])]
            )
        );
        var all = flows.Sum(f => Terminal.Number(f!["notLinked"]));
        if (all > left.Count)
            terminal.Paragraph(
                $"The first {left.Count} of {all} are shown, of each flow at most 20. See the others: intacctsync "
                    + "reconcile"
            );
    }

    private static void ShowMore(Terminal terminal, int all, string what, string where)
    {
        if (all > Shown)
            terminal.Paragraph($"The first {Shown} of {all} {what} are shown: {where}.");
    }

    private static string Where(IReadOnlyDictionary<string, string> files, string of) =>
        files.TryGetValue(of, out var file) ? $"{file} has them all" : "--csv FILE writes them all into files";

    private static void ShowOnly(Terminal terminal, JsonNode report, int all, IReadOnlyDictionary<string, string> files)
    {
        if (report["onlyAtTarget"]?.AsArray() is not { Count: > 0 } only)
            return;
        terminal.Line();
        terminal.Table(
            ["only at target", "flow", "date", "amount"],
            only.Take(Shown)
                .Select(r =>
                    (IReadOnlyList<string>)
                        [
                            Terminal.Text(r!["title"] ?? r["targetId"]),
                            Terminal.Text(r["flow"]),
                            Terminal.Text(r["date"]),
                            r["amount"] is { } amount ? $"{Terminal.Money(amount)} {r["currency"]}".TrimEnd() : "",
                        ]
                )
        );
        ShowMore(
            terminal,
            all,
            "that are only at the target",
            files.TryGetValue(ReportFiles.OnlyAtTarget, out var file)
                ? $"{file} has the first {ComparisonLimits.Named} of each flow"
                : $"--csv FILE writes the first {ComparisonLimits.Named} of each flow into a file"
        );
    }

    /// <summary>How many records of each flow something is said of, and what.</summary>
    private static void ShowReasons(Terminal terminal, JsonNode report, string member, string heading)
    {
        var reasons = report["flows"]!
            .AsArray()
            .SelectMany(f => f![member]?.AsArray().Select(r => (Flow: f["flow"], Reason: r!)) ?? [])
            .ToList();
        if (reasons.Count == 0)
            return;
        terminal.Line();
        terminal.Table(
            ["flow", heading, "why"],
            reasons.Select(r =>
                (IReadOnlyList<string>)
                    [
                        Terminal.Text(r.Flow),
                        Terminal.Text(r.Reason["count"]),
                        TradeWords.Of(Terminal.Text(r.Reason["why"])),
                    ]
            )
        );
    }
}
