using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;

namespace IntacctSync.Local.Cli;

/// <summary>What takes its time: sync, preview, reconcile, rebuild.</summary>
internal static class RunVerbs
{
    public static IEnumerable<Command> Make(VerbMaker maker) =>
        [
            maker.OfConnection(
                "sync",
                "Looks for changes now, and waits until they are carried over.",
                ["sync", "sync --first", "sync --flow invoices --since 2026-01-01", "sync --full"],
                SyncAsync,
                VerbMaker.Flow(),
                VerbMaker.Option("--since", "What changed since then, whatever its own date."),
                VerbMaker.Switch("--first", "Everything that the start date lets in, as a preview shows it."),
                VerbMaker.Switch("--full", "Everything, whatever its own date.")
            ),
            maker.OfConnection(
                "preview",
                "What a first sync would create, adopt, skip and ask. Writes nothing.",
                ["preview", "preview --flow invoices --full"],
                PreviewAsync,
                VerbMaker.Flow(),
                VerbMaker.Option("--since", "Only what changed since then, whatever its own date."),
                VerbMaker.Switch("--full", "Records of any date.")
            ),
            maker.OfConnection(
                "reconcile",
                "Compares both sides record by record, and says in words why they differ. Changes nothing.",
                ["reconcile --since 2026-01-01 --until 2026-01-31", "reconcile --flow invoices --csv january.csv"],
                ReconcileAsync,
                VerbMaker.Flow(),
                VerbMaker.Option("--since", "The first day; without it there is no beginning."),
                VerbMaker.Option("--until", "The last day; without it there is no end."),
                VerbMaker.Option(
                    "--csv",
                    "Writes every difference into this file, for a spreadsheet; sums, what is left out, and what is "
                        + "only at the target, into files beside it."
                )
            ),
            maker.OfConnection(
                "rebuild",
                "Makes the key map anew from both systems, after a store was lost.",
                ["rebuild", "rebuild --replace"],
                RebuildAsync,
                VerbMaker.Switch("--replace", "Also where records are linked already.")
            ),
        ];

    private static async Task<int> SyncAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var document = await call.Host.OfConnectionAsync("", cancellationToken);
        var flows = call.Text("--flow") is { } only ? [only] : await FlowsAsync(call, cancellationToken);
        var body = new JsonObject
        {
            ["since"] = call.Text("--since"),
            ["first"] = call.Flag("--first"),
            ["full"] = call.Flag("--full"),
        };
        var started = new List<(string Name, string RunId)>();
        foreach (var flow in flows)
        {
            var run = await call.Host.OfConnectionAsync(
                HttpMethod.Post,
                $"/flows/{Uri.EscapeDataString(flow)}/run",
                body.DeepClone(),
                cancellationToken
            );
            started.Add((flow, run["runId"]!.ToString()));
        }

        var ended = await RunWatch.UntilEndAsync(call, started, cancellationToken);
        if (call.Terminal.Json)
        {
            call.Terminal.Write(new JsonArray([.. ended.Select(r => r.DeepClone())]));
        }
        else
        {
            call.Terminal.Table(
                ["flow", "found", "done", "need you", "state"],
                ended.Select(r =>
                    (IReadOnlyList<string>)
                        [
                            Terminal.Text(r["flow"]),
                            Terminal.Text(r["found"]),
                            Terminal.Text(r["done"]),
                            Terminal.Text(r["failed"]),
                            StateOf(r),
                        ]
                )
            );
            if (document["mode"]?.ToString() == "shadow")
                call.Terminal.Line("The connection is in shadow mode: nothing was written.");
            if (ended.Any(r => Terminal.Number(r["failed"]) > 0))
                call.Terminal.Paragraph("See what needs you: intacctsync records --needs-you");
            if (ended.Any(IsCancelled))
                call.Terminal.Paragraph(
                    "What was cancelled is not synced to its end. The same again takes up the rest."
                );
        }

        return ended.Any(r => Terminal.Number(r["failed"]) > 0 || r["state"]!.ToString() == "failed" || IsCancelled(r))
            ? ExitCodes.NeedsPerson
            : ExitCodes.Done;
    }

    private static bool IsCancelled(JsonNode run) => run["state"]!.ToString() == "cancelled";

    private static async Task<IReadOnlyList<string>> FlowsAsync(VerbCall call, CancellationToken cancellationToken) =>
        [
            .. (await call.Host.OfConnectionAsync("/status", cancellationToken))["flows"]!
                .AsArray()
                .Where(f => f!["enabled"]!.GetValue<bool>())
                .Select(f => f!["flow"]!.ToString()),
        ];

    private static async Task<int> PreviewAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["flow"] = call.Text("--flow"),
            ["since"] = call.Text("--since"),
            ["full"] = call.Flag("--full"),
        };
        var run = await RunOneAsync(call, "/preview", "preview", body, cancellationToken);
        if (call.Terminal.Json)
            call.Terminal.Write(run);
        else
            RunTexts.ShowPreview(call.Terminal, run);
        return Failed(run) || Terminal.Number(run["report"]!["counts"]?["ask"]) > 0
            ? ExitCodes.NeedsPerson
            : ExitCodes.Done;
    }

    internal static async Task<JsonNode> RunOneAsync(
        VerbCall call,
        string path,
        string name,
        JsonObject body,
        CancellationToken cancellationToken
    )
    {
        var started = await call.Host.OfConnectionAsync(HttpMethod.Post, path, body, cancellationToken);
        return (await RunWatch.UntilEndAsync(call, [(name, started["runId"]!.ToString())], cancellationToken))[0];
    }

    private static async Task<int> ReconcileAsync(VerbCall call, CancellationToken cancellationToken)
    {
        // A file that can't be written is told before the comparison, which may take long.
        // What stood in it before stays until then.
        var (file, isNew) = (call.Text("--csv"), call.Text("--csv") is { } named && !File.Exists(named));
        await using var csv = file is null ? null : File.OpenWrite(file);
        try
        {
            return await ReconcileAsync(call, csv, cancellationToken);
        }
        catch when (isNew && csv is not null)
        {
            // An empty list would read as that nothing differs.
            await csv.DisposeAsync();
            File.Delete(file!);
            throw;
        }
    }

    private static async Task<int> ReconcileAsync(VerbCall call, FileStream? csv, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["since"] = call.Text("--since"), ["until"] = call.Text("--until") };
        if (call.Text("--flow") is { } flow)
            body["flows"] = new JsonArray(flow);
        var run = await RunOneAsync(call, "/reconcile", "comparison", body, cancellationToken);
        if (Failed(run))
            throw new VerbFailedException(ExitCodes.NeedsPerson, StateOf(run));
        var path = RunWatch.PathOf(run["runId"]!.ToString()) + "/report";
        if (csv is not null)
        {
            csv.SetLength(0);
            await call.Host.CopyAsync(path + "?format=csv", csv, cancellationToken);
        }

        var report = await call.Host.OfConnectionAsync(path, cancellationToken);
        var files = call.Text("--csv") is { } written
            ? await ReportFiles.WriteBesideAsync(call, path, report, written, cancellationToken)
            : ReportFiles.None;
        if (call.Terminal.Json)
        {
            call.Terminal.Write(report);
        }
        else
        {
            RunTexts.ShowReport(call.Terminal, report, files);
            ReportFiles.Show(call.Terminal, files);
        }

        return report["equal"]!.GetValue<bool>() ? ExitCodes.Done : ExitCodes.NeedsPerson;
    }

    private static async Task<int> RebuildAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["replace"] = call.Flag("--replace") };
        JsonNode run;
        try
        {
            run = await RunOneAsync(call, "/rebuild", "rebuild", body, cancellationToken);
        }
        catch (VerbFailedException e) when (e.Data["status"] is HttpStatusCode.Conflict && !call.Flag("--replace"))
        {
            // With --replace it could be done.
            throw new VerbFailedException(ExitCodes.UsedWrongly, e.Message);
        }

        if (call.Terminal.Json)
            call.Terminal.Write(run);
        else if (Failed(run))
            call.Terminal.Paragraph(StateOf(run));
        else
            call.Terminal.Table(
                ["flow", "linked", "not linked"],
                run["report"]!["flows"]!
                    .AsArray()
                    .Select(f =>
                        (IReadOnlyList<string>)
                            [Terminal.Text(f!["flow"]), Terminal.Text(f["linked"]), Terminal.Text(f["notLinked"])]
                    )
            );
        if (Failed(run))
            return ExitCodes.NeedsPerson;
        if (run["report"]!["flows"]!.AsArray().All(f => Terminal.Number(f!["notLinked"]) == 0))
            return ExitCodes.Done;
        if (!call.Terminal.Json)
            RunTexts.ShowNotLinked(call.Terminal, run["report"]!["flows"]!.AsArray());
        return ExitCodes.NeedsPerson;
    }

    internal static bool Failed(JsonNode run) => run["state"]!.ToString() is not "done";

    internal static string StateOf(JsonNode run) =>
        run["report"]?["message"] is { } why ? $"{run["state"]}: {why}" : Terminal.Text(run["state"]);
}
