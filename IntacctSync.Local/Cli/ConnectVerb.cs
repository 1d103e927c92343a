using System.CommandLine;
using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;

namespace IntacctSync.Local.Cli;

/// <summary>
/// Leads a newcomer from nothing to a connection: asks what is needed, has the doctor look, shows what a first sync
/// would do, and then lets it begin. Until then the connection rests and writes nothing.
/// </summary>
internal static class ConnectVerb
{
    /// <summary>How long what was begun may take to be forgotten, once it is broken off.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    public static Command Make(VerbMaker maker) =>
        maker.Bare(
            "connect",
            "Makes a connection: asks what it needs, examines it, previews a first sync, then stores it.",
            ["connect", "connect --connection acme --app zuper", "connect --connection acme --file acme.json --yes"],
            RunAsync,
            VerbMaker.Option("--connection", "Its id: 1 to 63 of a-z, 0-9 and '-'."),
            VerbMaker.Option("--app", "zuper or upflow."),
            VerbMaker.Option("--file", "The document as JSON, secrets included; - reads it from the input."),
            ConnectDocument.SetOption(),
            VerbMaker.Switch("--yes", "Lets it begin without asking, if the doctor finds nothing to mend.")
        );

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        if (call.Text("--connection") is { } id && !ConnectionId.TryParse(id, out _))
            throw new VerbFailedException(ExitCodes.UsedWrongly, $"--connection is '{id}'; {ConnectPrompts.IdRule}");
        var asks = call.Text("--file") is null;
        var document = asks
            ? await ConnectDialog.SignInAsync(call, cancellationToken)
            : await ConnectDocument.ReadAsync(call.Text("--file")!, call.Terminal.Input, cancellationToken);
        ConnectDocument.Set(call, document);
        var isNew = await RestingConnection.MakeAsync(call, document, cancellationToken);
        try
        {
            if (asks)
            {
                await SignedInAsync(call, document, cancellationToken);
                await ConnectDialog.FurtherAsync(call, document, cancellationToken);
                ConnectDocument.Set(call, document);
                await RestingConnection.StoreAsync(call, document, isNew: false, cancellationToken);
            }

            return await ConnectExamination.RunAsync(call, document, isNew, cancellationToken);
        }
        catch
        {
            // Whoever has pressed Ctrl+C or closed the terminal wants it forgotten, too, and does not want to wait long
            // for it. What was there before stays at rest.
            using var soon = new CancellationTokenSource(Soon);
            if (isNew && !await RestingConnection.ForgetAsync(call, soon.Token))
                call.Terminal.Error(RestingConnection.NotForgotten);
            throw;
        }
    }

    /// <summary>
    /// Asks anew for what both systems refuse to be signed in to with, before anything further is asked.
    /// </summary>
    private static async Task SignedInAsync(VerbCall call, JsonObject document, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries <= RestingConnection.MostTries; tries++)
        {
            call.Terminal.Line();
            call.Terminal.Line("Signing in to both systems …");
            var report = await call.Host.OfConnectionAsync(HttpMethod.Post, "/test", null, cancellationToken);
            var failed = ConnectExamination.FailedOf(report, document);
            var app = ConnectDocument.AppOf(document);
            var refused = ConnectForm.SignInOf(app).SelectMany(q => q.Checks).Where(failed.ContainsKey).ToList();
            var anew = ConnectForm.For(app).Where(q => q.Checks.Any(refused.Contains)).ToList();
            if (anew.Count == 0)
                return;
            foreach (var check in refused.Distinct(StringComparer.Ordinal))
                call.Terminal.Paragraph(failed[check]);
            call.Terminal.Line();
            foreach (var question in anew.Where(q => q.IsAsked(document)))
                await ConnectPrompts.AskAsync(call, document, question.After(document), cancellationToken);
            await RestingConnection.StoreAsync(call, document, isNew: false, cancellationToken);
        }
    }
}
