using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace IntacctSync.Local.Cli;

/// <summary>What a person is asked for a connection, in a terminal.</summary>
internal static class ConnectDialog
{
    private const int Shown = 12;

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
        foreach (var question in ConnectForm.SignInOf(app).Where(q => q.When?.Invoke(document) != false))
            await AskAsync(call, document, question, cancellationToken);

        // Nobody has to think of one: each webhook carries it, and the program registers them.
        if (app == ConnectForm.Apps[0])
            ConnectForm.Put(document, "zuper.webhookSecret", RandomNumberGenerator.GetHexString(40, lowercase: true));
        return document;
    }

    /// <summary>Asks what is synced and how, with the lists of both systems to choose from.</summary>
    public static async Task FurtherAsync(VerbCall call, JsonObject document, CancellationToken cancellationToken)
    {
        var lists = await ReadListsAsync(call, again: false, cancellationToken);
        foreach (var question in ConnectForm.FurtherOf(ConnectVerb.AppOf(document)))
            await AskOrOfferAsync(call, document, question, lists, cancellationToken);
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
        var lists = questions.Any(q => q.List is not null)
            ? await ReadListsAsync(call, again: true, cancellationToken)
            : [];
        foreach (var question in questions)
            await AskOrOfferAsync(call, document, question.After(document), lists, cancellationToken);
    }

    private static async Task<Dictionary<string, IReadOnlyList<Offer>>> ReadListsAsync(
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
        call.Terminal.Line();
        return choices["lists"]!
            .AsArray()
            .ToDictionary(l => l!["name"]!.ToString(), l => OffersOf(l!), StringComparer.Ordinal);
    }

    private static Task AskOrOfferAsync(
        VerbCall call,
        JsonObject document,
        ConnectQuestion question,
        Dictionary<string, IReadOnlyList<Offer>> lists,
        CancellationToken cancellationToken
    ) =>
        question.When?.Invoke(document) == false ? ForgetAsync(document, question)
        : question.List is { } list && lists.GetValueOrDefault(list) is { Count: > 0 } offers
            ? ChooseAsync(call, document, question, offers, cancellationToken)
        : AskAsync(call, document, question, cancellationToken);

    /// <summary>What does not come into question has no answer, whatever was answered before.</summary>
    private static Task ForgetAsync(JsonObject document, ConnectQuestion question)
    {
        if (ConnectForm.At(document, question.Path) is not null)
            ConnectForm.Put(document, question, "");
        return Task.CompletedTask;
    }

    /// <summary>Asks one question, and puts its answer into the document.</summary>
    public static async Task AskAsync(
        VerbCall call,
        JsonObject document,
        ConnectQuestion question,
        CancellationToken cancellationToken
    )
    {
        // The prompt puts a colon behind a usual answer itself.
        var colon = question.Usual is { Length: > 0 } ? "" : ":";
        var prompt = new TextPrompt<string>($"{Markup.Escape(question.Text)}{colon}");
        if (question.IsSecret)
            prompt.Secret(null);
        if (question.Usual is { } usual)
        {
            prompt.AllowEmpty();
            if (usual.Length > 0)
                prompt.DefaultValue(usual);
        }

        if (question.Answers.Count > 0)
            prompt.Validate(
                a =>
                    question.Answers.Contains(a.Trim(), StringComparer.OrdinalIgnoreCase)
                    || (a.Length == 0 && question.Usual is not null),
                $"Answer {string.Join(" or ", question.Answers)}."
            );

        ConnectForm.Put(document, question, await call.Terminal.Console.PromptAsync(prompt, cancellationToken));
    }

    public static async Task<string> AskIdAsync(VerbCall call, CancellationToken cancellationToken) =>
        call.Terminal.IsInteractive
            ? await call.Terminal.Console.PromptAsync(
                new TextPrompt<string>("A name for the connection (a-z, 0-9, -):"),
                cancellationToken
            )
            : throw new VerbFailedException(ExitCodes.UsedWrongly, "Name the connection with --connection.");

    /// <summary>Lets a person choose by arrows or by typing, or write what is not in the list.</summary>
    private static async Task ChooseAsync(
        VerbCall call,
        JsonObject document,
        ConnectQuestion question,
        IReadOnlyList<Offer> offers,
        CancellationToken cancellationToken
    )
    {
        var (none, other) = (new Offer("", "(none)"), new Offer(null, "(another one, to be written)"));

        // What was chosen before stands first, so that Enter keeps it.
        if (question.Usual is { Length: > 0 } usual && offers.FirstOrDefault(o => o.Value == usual) is { } before)
            offers = [before, none, .. offers.Where(o => o != before)];
        else
            offers = [none, .. offers];
        var prompt = new SelectionPrompt<Offer>()
            .Title($"{Markup.Escape(question.Text)}:")
            .PageSize(Shown)
            .MoreChoicesText("(more below; type to search)")
            .EnableSearch()
            .UseConverter(o => Markup.Escape(o.Text))
            .AddChoices([.. offers, other]);
        var chosen = await call.Terminal.Console.PromptAsync(prompt, cancellationToken);
        if (chosen.Value is null)
        {
            await AskAsync(call, document, question, cancellationToken);
            return;
        }

        // The list itself is gone once it is answered.
        call.Terminal.Paragraph($"{question.Text}: {chosen.Text}");
        ConnectForm.Put(document, question, chosen.Value);
    }

    private static IReadOnlyList<Offer> OffersOf(JsonNode list) =>
        [
            .. list["choices"]!
                .AsArray()
                .Select(c => (Value: c!["value"]!.ToString(), Text: c["text"]!.ToString()))
                .Select(c => new Offer(
                    c.Value,
                    c.Text == c.Value || Guid.TryParse(c.Value, out _) ? c.Text : $"{c.Value}  {c.Text}"
                )),
        ];

    private sealed record Offer(string? Value, string Text);
}
