using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections.Document;
using Spectre.Console;

namespace IntacctSync.Local.Cli;

/// <summary>What a person is asked for a connection, in a terminal: section by section of the form.</summary>
internal static class ConnectDialog
{
    private const int SecretLength = 40;

    /// <summary>Asks which app, and what both systems need to be signed in to.</summary>
    public static async Task<JsonObject> SignInAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var console = call.Terminal.IsInteractive
            ? call.Terminal.Console
            : throw new VerbFailedException(
                ExitCodes.UsedWrongly,
                "Nobody can be asked here: give the document with --file, and --connection."
            );
        call.Terminal.Paragraph(
            "An empty answer takes what stands in round brackets. Ctrl+C ends it, and nothing is kept. First what "
                + "both systems need to be signed in to:"
        );
        call.Terminal.Line();
        var app =
            call.Text("--app")
            ?? await console.PromptAsync(
                new TextPrompt<string>("Which app?").AddChoices(ConnectForm.Apps).DefaultValue(ConnectForm.Apps[0]),
                cancellationToken
            );
        if (!ConnectForm.Apps.Contains(app, StringComparer.Ordinal))
            throw new VerbFailedException(
                ExitCodes.UsedWrongly,
                $"--app is '{app}'; give {string.Join(" or ", ConnectForm.Apps)}."
            );
        var document = new JsonObject { ["app"] = app };
        foreach (var question in ConnectForm.SignInOf(app).Where(q => q.IsAsked(document)))
            await ConnectPrompts.AskAsync(call, document, question, cancellationToken);

        // Nobody has to think of one: each webhook carries it, and the program registers them.
        foreach (var field in ConnectForm.FormOf(app).Fields.Where(f => f.IsMade))
            ConnectDocument.Put(document, field.Path, RandomNumberGenerator.GetHexString(SecretLength, true));
        return document;
    }

    /// <summary>Asks what is synced and how, with the lists of both systems to choose from.</summary>
    public static async Task FurtherAsync(VerbCall call, JsonObject document, CancellationToken cancellationToken)
    {
        var lists = await ReadListsAsync(call, again: false, cancellationToken);
        foreach (var section in ConnectForm.FormOf(ConnectDocument.AppOf(document)).Sections)
        {
            if (ConnectForm.Of(section).Any(q => q.IsAsked(document)))
                call.Terminal.Block(section.Title, section.Help ?? "");
            foreach (var question in await ChosenAsync(call, document, section, cancellationToken))
                await AskOrLeaveAsync(call, document, question.After(document), lists, cancellationToken);
        }
    }

    /// <summary>
    /// Asks questions once more, each with the answer before it, and with the lists as they are by now: what was
    /// missing may have been made meanwhile.
    /// </summary>
    public static async Task AskAgainAsync(
        VerbCall call,
        JsonObject document,
        IReadOnlyList<ConnectQuestion> questions,
        CancellationToken cancellationToken
    )
    {
        var lists = questions.Any(q => q.Field.List is not null)
            ? await ReadListsAsync(call, again: true, cancellationToken)
            : OfferedLists.None;
        foreach (var question in questions)
            await AskOrLeaveAsync(call, document, question.After(document), lists, cancellationToken);
    }

    /// <summary>All of a section; of a further one those that a person marks, since none of it has to be set.</summary>
    private static async Task<IEnumerable<ConnectQuestion>> ChosenAsync(
        VerbCall call,
        JsonObject document,
        FormSection section,
        CancellationToken cancellationToken
    )
    {
        var questions = ConnectForm.Of(section);
        if (!section.Further)
            return questions;
        var open = questions.Where(q => q.IsAsked(document)).ToList();
        return open.Count == 0 ? [] : await ConnectPrompts.MarkAsync(call, open, cancellationToken);
    }

    private static async Task AskOrLeaveAsync(
        VerbCall call,
        JsonObject document,
        ConnectQuestion question,
        OfferedLists lists,
        CancellationToken cancellationToken
    )
    {
        if (question.IsAsked(document))
            await ConnectPrompts.AskAsync(call, document, question, lists, cancellationToken);
        // What does not come into question has no answer, whatever was answered before.
        else if (ConnectDocument.At(document, question.Path) is not null)
            question.Put(document, "");
    }

    private static async Task<OfferedLists> ReadListsAsync(
        VerbCall call,
        bool again,
        CancellationToken cancellationToken
    )
    {
        call.Terminal.Line("Reading what there is to choose from …");
        var choices = await call.Host.OfConnectionAsync(again ? "/choices?again=true" : "/choices", cancellationToken);
        foreach (var unread in choices["unread"]!.AsArray().GroupBy(u => $"{u!["why"]}", StringComparer.Ordinal))
            call.Terminal.Paragraph(
                $"These can't be chosen, only written: {string.Join(", ", unread.Select(u => u!["title"]))}. "
                    + unread.Key
            );
        return OfferedLists.Of(choices);
    }
}
