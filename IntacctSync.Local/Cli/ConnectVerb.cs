using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace IntacctSync.Local.Cli;

/// <summary>
/// Leads a newcomer from nothing to a connection: asks what is needed, has the doctor look, shows what a first sync
/// would do, and then lets it begin. Until then the connection rests and writes nothing.
/// </summary>
internal static class ConnectVerb
{
    private const int MostTries = 5;
    private static readonly StringComparer Names = StringComparer.Ordinal;

    public static Command Make(VerbMaker maker) =>
        maker.Bare(
            "connect",
            "Makes a connection: asks what it needs, examines it, previews a first sync, then stores it.",
            ["connect", "connect --connection acme --app zuper", "connect --connection acme --file acme.json --yes"],
            RunAsync,
            VerbMaker.Option("--connection", "Its id: 1 to 63 of a-z, 0-9 and '-'."),
            VerbMaker.Option("--app", "zuper or upflow."),
            VerbMaker.Option("--file", "The document as JSON, secrets included; - reads it from the input."),
            new Option<string[]>("--set")
            {
                Description = "A member of the document, such as --set invoice.glAccountNo=4000; several may be given.",
                AllowMultipleArgumentsPerToken = true,
            },
            VerbMaker.Switch("--yes", "Lets it begin without asking, if the doctor finds nothing to mend.")
        );

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var asks = call.Text("--file") is null;
        var document = asks
            ? await ConnectDialog.SignInAsync(call, cancellationToken)
            : await ReadAsync(call.Text("--file")!, cancellationToken);
        Set(call, document);
        await MakeAsync(call, document, cancellationToken);
        try
        {
            if (asks)
            {
                await SignedInAsync(call, document, cancellationToken);
                await ConnectDialog.FurtherAsync(call, document, cancellationToken);
                Set(call, document);
                await StoreRestingAsync(call, document, isNew: false, cancellationToken);
            }

            return await ExamineAsync(call, document, cancellationToken);
        }
        catch
        {
            await ForgetAsync(call);
            throw;
        }
    }

    /// <summary>
    /// Makes the connection under a name that nobody else has taken: what is forgotten later was made here.
    /// </summary>
    private static async Task MakeAsync(VerbCall call, JsonObject document, CancellationToken cancellationToken)
    {
        var id = call.Text("--connection") ?? await ConnectDialog.AskIdAsync(call, cancellationToken);
        for (var tries = 1; ; tries++)
        {
            await call.Host.ChooseAsync(id, cancellationToken);
            try
            {
                if (await StoreRestingAsync(call, document, isNew: true, cancellationToken))
                    return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                call.Terminal.Error(
                    $"Whether '{id}' was stored now is not known; it may also be one that was there before. Look at it "
                        + $"first: intacctsync status --connection {id}"
                );
                throw;
            }

            var taken = $"There is a connection '{id}' already. Choose another id, or purge that one first.";
            if (call.Text("--connection") is not null || !call.Terminal.IsInteractive || tries >= MostTries)
                throw new VerbFailedException(ExitCodes.UsedWrongly, taken);
            call.Terminal.Error(taken);
            id = await ConnectDialog.AskIdAsync(call, cancellationToken);
        }
    }

    /// <summary>
    /// It is stored at rest: it can be examined and previewed, and nothing is written before that is wanted.
    /// </summary>
    /// <returns>False where it was to be new, and there is one of its id.</returns>
    private static async Task<bool> StoreRestingAsync(
        VerbCall call,
        JsonObject document,
        bool isNew,
        CancellationToken cancellationToken
    )
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (isNew)
                    return await call.Host.MakeAsync(document, cancellationToken);
                await call.Host.OfConnectionAsync(HttpMethod.Put, "?rest=true", document, cancellationToken);
                return true;
            }
            catch (VerbFailedException e)
                when (call.Terminal.IsInteractive
                    && tries < MostTries
                    && e.Data["errors"] is string errors
                    && JsonNode.Parse(errors) is JsonObject byField
                )
            {
                call.Terminal.Error(e.Message);
                foreach (var field in byField.Select(f => f.Key).Where(f => f.Length > 0))
                {
                    var known = ConnectForm.For(AppOf(document)).FirstOrDefault(q => q.Path == field);
                    await ConnectDialog.AskAsync(
                        call,
                        document,
                        known ?? new ConnectQuestion(field, field, ""),
                        cancellationToken
                    );
                }
            }
        }
    }

    /// <summary>
    /// Asks anew for what both systems refuse to be signed in to with, before anything further is asked.
    /// </summary>
    private static async Task SignedInAsync(VerbCall call, JsonObject document, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries <= MostTries; tries++)
        {
            call.Terminal.Line();
            call.Terminal.Line("Signing in to both systems …");
            var report = await call.Host.OfConnectionAsync(HttpMethod.Post, "/test", null, cancellationToken);
            var failed = FailedOf(report);
            var anew = ConnectForm
                .SignInOf(AppOf(document))
                .Where(q => q.Checks.Any(c => failed.ContainsKey(c)))
                .ToList();
            if (anew.Count == 0)
                return;
            foreach (var check in anew.SelectMany(q => q.Checks).Where(failed.ContainsKey).Distinct(Names))
                call.Terminal.Paragraph(failed[check]);
            call.Terminal.Line();
            foreach (var question in anew.Where(q => q.When?.Invoke(document) != false))
                await ConnectDialog.AskAsync(call, document, question.After(document), cancellationToken);
            await StoreRestingAsync(call, document, isNew: false, cancellationToken);
        }
    }

    /// <summary>What the doctor found and how it is mended, by the checks that failed.</summary>
    private static Dictionary<string, string> FailedOf(JsonNode report) =>
        report["checks"]!
            .AsArray()
            .Where(c => c!["status"]!.ToString() == "failed")
            .ToDictionary(c => c!["name"]!.ToString(), c => $"{c!["detail"]} {c["fix"]}", Names);

    private static async Task<int> ExamineAsync(VerbCall call, JsonObject document, CancellationToken cancellationToken)
    {
        call.Terminal.Line();
        if (!call.Terminal.Json)
            call.Terminal.Line("The doctor looks at both systems:");
        var report = await LookAsync(call, cancellationToken);
        while (!IsWell(report) && await MendAsync(call, document, report, cancellationToken))
            report = await LookAsync(call, cancellationToken);
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
        else if (!isWell && call.Flag("--yes"))
            call.Terminal.Error(
                await ForgetAsync(call)
                    ? "It is not kept: mend what the doctor names, and connect again."
                    : NotForgotten(call)
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

    private static async Task<JsonNode> LookAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var report = await call.Host.OfConnectionAsync(HttpMethod.Post, "/test", null, cancellationToken);
        if (!call.Terminal.Json)
            StateVerbs.Show(call.Terminal, report, withUids: call.Text("--file") is not null);
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
        var failed = FailedOf(report);
        var questions = ConnectForm.For(AppOf(document)).Where(q => q.Checks.Any(failed.ContainsKey)).ToList();
        if (questions.Count == 0 || !call.Terminal.IsInteractive)
            return false;
        call.Terminal.Line();
        if (!await call.Terminal.Console.ConfirmAsync("Answer anew what it is about?", true, cancellationToken))
            return false;
        await ConnectDialog.AskAgainAsync(call, document, questions, cancellationToken);
        await StoreRestingAsync(call, document, isNew: false, cancellationToken);
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
            var begin = isWell ? "To let it begin" : "Mend what the doctor names; then let it begin";
            call.Terminal.Error(
                $"It is stored and rests. {begin}: intacctsync activate --connection {call.Host.Connection}"
            );
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
                await ForgetAsync(call) ? $"{call.Host.Connection} is forgotten." : NotForgotten(call)
            );
        }
        else
        {
            call.Terminal.Paragraph(
                $"{call.Host.Connection} is stored and rests. To let it begin: intacctsync activate --connection "
                    + call.Host.Connection
            );
        }

        return false;
    }

    private static async Task BeginAsync(VerbCall call, JsonObject document, CancellationToken cancellationToken)
    {
        await call.Host.OfConnectionAsync(HttpMethod.Post, "/activate", null, cancellationToken);
        call.Terminal.Name(call.Host.Connection, call.Text("--url"));
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
                    .. AppOf(document) == ConnectForm.Apps[0]
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

    private static string NotForgotten(VerbCall call) =>
        $"It can't be forgotten just now. Look at it: intacctsync status --connection {call.Host.Connection}";

    /// <returns>Whether it is forgotten. If not, it rests, or somebody has let it begin meanwhile.</returns>
    private static async Task<bool> ForgetAsync(VerbCall call)
    {
        try
        {
            // Only while it rests: once it has begun, it is at work, whatever could not be told of it.
            var stored = await call.Host.OfConnectionAsync("", CancellationToken.None);
            if (stored["active"]?.GetValue<bool>() != false)
                return false;
            await call.Host.OfConnectionAsync(HttpMethod.Delete, "?purge=true", null, CancellationToken.None);
            return true;
        }
        catch (VerbFailedException)
        {
            return false;
        }
    }

    private static void Set(VerbCall call, JsonObject document)
    {
        foreach (var set in call.Asked.GetValue<string[]>("--set") ?? [])
        {
            var at = set.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw new VerbFailedException(
                    ExitCodes.UsedWrongly,
                    $"--set is '{set}'; give a member and its value, such as invoice.glAccountNo=4000."
                );
            ConnectForm.Put(document, set[..at], ValueOf(set[(at + 1)..]));
        }
    }

    /// <summary>true, false, a number, a list or an object as JSON has it; anything else is a text.</summary>
    private static JsonNode? ValueOf(string text)
    {
        if (text is "true" or "false" or "null" || text.StartsWith('[') || text.StartsWith('{'))
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                // It is a text that only begins like something else.
            }
        }

        return text;
    }

    private static async Task<JsonObject> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var text =
                file == "-"
                    ? await System.Console.In.ReadToEndAsync(cancellationToken)
                    : await File.ReadAllTextAsync(file, cancellationToken);
            return JsonNode.Parse(text) as JsonObject ?? throw new JsonException("it is no object");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new VerbFailedException(
                ExitCodes.UsedWrongly,
                $"The document in '{file}' can't be read: {e.Message} See docs/api.md for one."
            );
        }
    }

    internal static string AppOf(JsonObject document) => document["app"]?.ToString() ?? ConnectForm.Apps[0];
}
