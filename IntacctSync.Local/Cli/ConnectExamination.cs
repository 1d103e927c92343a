using System.Text.Json.Nodes;
using IntacctSync.Core.Connections.Document;
using Spectre.Console;

namespace IntacctSync.Local.Cli;

/// <summary>
/// What comes before a new connection begins: the doctor looks, what it refuses is asked anew, a preview shows what a
/// first sync would do, and a person says whether it begins.
/// </summary>
internal static class ConnectExamination
{
    /// <param name="call">The verb.</param>
    /// <param name="document">The connection as it is stored, secrets included.</param>
    /// <param name="isNew">Whether it was made here, so that it is forgotten where it may not begin by itself.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        VerbCall call,
        JsonObject document,
        bool isNew,
        CancellationToken cancellationToken
    )
    {
        call.Terminal.Line();
        if (!call.Terminal.Json)
            call.Terminal.Line("The doctor looks at both systems:");
        var report = await LookAsync(call, document, cancellationToken);
        while (!IsWell(report) && await MendAsync(call, document, report, cancellationToken))
            report = await LookAsync(call, document, cancellationToken);
        var isWell = IsWell(report);
        JsonNode? preview = null;
        if (isWell)
        {
            if (!call.Terminal.Json)
            {
                call.Terminal.Line();
                call.Terminal.Line("What a first sync would do:");
            }

            preview = await RunVerbs.RunOneAsync(call, "/preview", "preview", [], cancellationToken);
            if (!call.Terminal.Json)
                RunTexts.ShowPreview(call.Terminal, preview);
        }

        var begins = await MayBeginAsync(call, isWell, cancellationToken);
        if (begins)
            await BeginAsync(call, document, cancellationToken);
        else if (!isWell && isNew && call.Flag("--yes"))
            call.Terminal.Error(
                await RestingConnection.ForgetAsync(call, cancellationToken)
                    ? "It is not kept: mend what the doctor names, or wait where it could not look, and connect again."
                    : RestingConnection.NotForgotten
            );
        if (call.Terminal.Json)
            call.Terminal.Write(
                new JsonObject
                {
                    ["connection"] = call.Host.Connection,
                    ["live"] = begins,
                    ["doctor"] = report.DeepClone(),
                    ["preview"] = preview?.DeepClone(),
                }
            );
        return begins ? ExitCodes.Done : ExitCodes.NeedsPerson;
    }

    private static async Task<JsonNode> LookAsync(
        VerbCall call,
        JsonObject document,
        CancellationToken cancellationToken
    )
    {
        var report = await call.Host.OfConnectionAsync(HttpMethod.Post, "/test", null, cancellationToken);
        if (!call.Terminal.Json)
            StateVerbs.Show(
                call.Terminal,
                report,
                call.Text("--file") is null ? ConnectForm.FormOf(ConnectDocument.AppOf(document)) : null
            );
        return report;
    }

    private static bool IsWell(JsonNode report) => report["ok"]!.GetValue<bool>();

    /// <summary>Asks anew for what the checks that failed are about, if the person wants to answer here.</summary>
    /// <returns>Whether to look again.</returns>
    private static async Task<bool> MendAsync(
        VerbCall call,
        JsonObject document,
        JsonNode report,
        CancellationToken cancellationToken
    )
    {
        if (!call.Terminal.IsInteractive || call.Flag("--yes") || call.Text("--file") is not null)
            return false;
        var failed = FailedOf(report, document);
        if (failed.Count == 0)
            return await call.Terminal.Console.ConfirmAsync("Look again?", true, cancellationToken);
        var questions = ConnectForm
            .For(ConnectDocument.AppOf(document))
            .Where(q => q.Checks.Any(failed.ContainsKey))
            .Where(q =>
                q.Field.Kind != FieldKind.Pairs || ConnectDocument.At(document, q.Path) is JsonObject { Count: > 0 }
            )
            .ToList();
        if (questions.Count == 0)
            return false;
        call.Terminal.Line();
        if (!await call.Terminal.Console.ConfirmAsync("Answer anew what it is about?", true, cancellationToken))
            return false;
        await ConnectDialog.AskAgainAsync(call, document, questions, cancellationToken);
        await RestingConnection.StoreAsync(call, document, isNew: false, cancellationToken);
        call.Terminal.Line();
        call.Terminal.Line("The doctor looks again:");
        return true;
    }

    private static async Task<bool> MayBeginAsync(VerbCall call, bool isWell, CancellationToken cancellationToken)
    {
        if (call.Flag("--yes"))
            return isWell;
        if (!call.Terminal.IsInteractive)
        {
            var begin = isWell
                ? "To let it begin"
                : "Mend what the doctor names, or have it look again; then let it begin";
            call.Terminal.Error($"It is stored and rests. {begin}: intacctsync activate");
            return false;
        }

        call.Terminal.Line();
        var wants = await call.Terminal.Console.ConfirmAsync(
            isWell ? "Let it begin?" : "Let it begin all the same?",
            isWell,
            cancellationToken
        );
        if (wants)
            return true;
        if (await call.Terminal.Console.ConfirmAsync("Forget it again?", defaultValue: false, cancellationToken))
        {
            call.Terminal.Paragraph(
                await RestingConnection.ForgetAsync(call, cancellationToken)
                    ? $"{call.Host.Connection} is forgotten."
                    : RestingConnection.NotForgotten
            );
        }
        else
        {
            call.Terminal.Paragraph(
                $"{call.Host.Connection} is stored and rests. To let it begin: intacctsync activate"
            );
        }

        return false;
    }

    private static async Task BeginAsync(VerbCall call, JsonObject document, CancellationToken cancellationToken)
    {
        await call.Host.OfConnectionAsync(HttpMethod.Post, "/activate", null, cancellationToken);
        if (call.Terminal.Json)
            return;
        call.Terminal.Line();
        call.Terminal.Line(
            document["mode"]?.ToString() == "shadow"
                ? $"{call.Host.Connection} decides and writes nothing, since its mode is shadow. What comes next:"
                : $"{call.Host.Connection} is live. What comes next:"
        );
        call.Terminal.Line();
        foreach (
            var (why, verb) in ((string, string)[])
                [
                    ("Carry over what the preview showed:", "sync --first"),
                    .. ConnectDocument.AppOf(document) == ConnectForm.Apps[0]
                        ? [("Have changes told at once:", "webhooks register")]
                        : ((string, string)[])[],
                    ("See how it stands:", "status"),
                ]
        )
        {
            // A line each, so that it can be copied whole.
            call.Terminal.Line(why);
            call.Terminal.Line("  " + call.Terminal.Command($"intacctsync {verb}"));
        }
    }

    /// <summary>What the doctor found and how it is mended, by the checks that failed.</summary>
    public static Dictionary<string, string> FailedOf(JsonNode report, JsonObject document) =>
        report["checks"]!
            .AsArray()
            .Where(c => c!["status"]!.ToString() == "failed")
            .ToDictionary(
                c => c!["name"]!.ToString(),
                c =>
                    FieldWords.Labelled(
                        Terminal.Sentences(c!["detail"], c["fix"]),
                        ConnectForm.FormOf(ConnectDocument.AppOf(document))
                    ),
                StringComparer.Ordinal
            );
}
