using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace IntacctSync.Local.Cli;

/// <summary>Shows the settings of a connection, and changes some of them.</summary>
internal static class SettingsVerb
{
    public static Command Make(VerbMaker maker) =>
        maker.OfConnection(
            "settings",
            "Shows the settings of a connection, or changes some of them; secrets are never shown.",
            [
                "settings",
                "settings --set invoice.glAccountNo=4000",
                "settings --connection acme --ask intacct.userPassword",
            ],
            RunAsync,
            ConnectDocument.SetOption(),
            new Option<string[]>("--ask")
            {
                Description =
                    "A secret that is asked for, and not shown; where nobody can be asked, a line of the input.",
                AllowMultipleArgumentsPerToken = true,
            }
        );

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var before = (await call.Host.OfConnectionAsync("", cancellationToken)).AsObject();
        var document = before.DeepClone().AsObject();
        ConnectDocument.Set(call, document);
        var asked = call.Asked.GetValue<string[]>("--ask") ?? [];
        foreach (var path in asked)
            ConnectDocument.Put(document, path, await SecretAsync(call, path, cancellationToken));
        if (asked.Length == 0 && JsonNode.DeepEquals(before, document))
        {
            call.Terminal.Write(before);
            return ExitCodes.Done;
        }

        var after = await call.Host.OfConnectionAsync(HttpMethod.Put, "", document, cancellationToken);
        return call.Said(
            after,
            $"The settings of {call.Host.Connection} are stored. See whether they work: intacctsync doctor",
            "To try records again that failed for what was wrong: intacctsync retry --all"
        );
    }

    private static async Task<string> SecretAsync(VerbCall call, string path, CancellationToken cancellationToken)
    {
        var secret = call.Terminal.IsInteractive
            ? await call.Terminal.Console.PromptAsync(
                new TextPrompt<string>($"{Markup.Escape(path)}:").Secret(null),
                cancellationToken
            )
            : await call.Terminal.Input.ReadLineAsync(cancellationToken);
        return secret?.Trim() is { Length: > 0 } given
            ? given
            : throw new VerbFailedException(
                ExitCodes.UsedWrongly,
                $"Nothing was given for {path}: type it, or hand it over as a line of the input. Nothing was changed."
            );
    }
}
