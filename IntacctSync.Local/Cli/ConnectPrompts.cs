using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;
using Spectre.Console;

namespace IntacctSync.Local.Cli;

/// <summary>How one field is asked for: typed, chosen from a list, or pair by pair.</summary>
internal static class ConnectPrompts
{
    private const int Shown = 12;
    private static readonly string[] YesOrNo = ["yes", "no", "y", "n"];
    private static readonly Offer Nothing = new("", "(none)");
    private static readonly Offer Written = new(null, "(another one, to be written)");

    /// <summary>What an id of a connection may be.</summary>
    public static string IdRule { get; } =
        string.Create(CultureInfo.InvariantCulture, $"give 1 to {ConnectionId.MaxLength} of a-z, 0-9 and '-'.");

    public static async Task<string> AskIdAsync(VerbCall call, CancellationToken cancellationToken) =>
        call.Terminal.IsInteractive
            ? await call.Terminal.Console.PromptAsync(
                new TextPrompt<string>("A name for the connection (a-z, 0-9, -):").Validate(
                    id => ConnectionId.TryParse(id, out _),
                    $"That is no name for it: {IdRule}"
                ),
                cancellationToken
            )
            : throw new VerbFailedException(ExitCodes.UsedWrongly, "Name the connection with --connection.");

    /// <summary>Asks one question that no list is there for, and puts its answer into the document.</summary>
    public static Task AskAsync(
        VerbCall call,
        JsonObject document,
        ConnectQuestion question,
        CancellationToken cancellationToken
    ) => AskAsync(call, document, question, OfferedLists.None, cancellationToken);

    /// <summary>Asks one question, and puts its answer into the document.</summary>
    public static async Task AskAsync(
        VerbCall call,
        JsonObject document,
        ConnectQuestion question,
        OfferedLists lists,
        CancellationToken cancellationToken
    )
    {
        if (question.Field.Help is { } help)
            call.Terminal.Paragraph(help, "  ");
        if (question.Field.Kind == FieldKind.Pairs)
        {
            await AskPairsAsync(call, document, question, lists, cancellationToken);
            return;
        }

        var answer =
            question.Field.Kind == FieldKind.Choice
                ? await ChooseAsync(call, question, OfWords(question), cancellationToken)
            : lists[question.Field.List] is { Count: > 0 } offers
                ? await ChooseOrWriteAsync(call, question, offers, cancellationToken)
            : await WriteAsync(call, question, cancellationToken);
        question.Put(document, answer);
    }

    /// <summary>Lets a person mark those of several questions that are to be asked.</summary>
    public static async Task<IReadOnlyList<ConnectQuestion>> MarkAsync(
        VerbCall call,
        IReadOnlyList<ConnectQuestion> questions,
        CancellationToken cancellationToken
    )
    {
        var marked = await call.Terminal.Console.PromptAsync(
            new MultiSelectionPrompt<ConnectQuestion>()
                .Title("None of these has to be set. Which do you set?")
                .NotRequired()
                .PageSize(Shown + 4)
                .MoreChoicesText("(more below)")
                .InstructionsText("(Space marks one, Enter goes on)")
                .UseConverter(q => Markup.Escape(q.Text))
                .AddChoices(questions),
            cancellationToken
        );
        call.Terminal.Paragraph(
            marked.Count == 0 ? "None of these is set." : $"Set are: {string.Join(", ", marked.Select(q => q.Text))}."
        );

        // In the order of the form, whichever was marked first.
        return [.. questions.Where(marked.Contains)];
    }

    private static async Task<string> WriteAsync(
        VerbCall call,
        ConnectQuestion question,
        CancellationToken cancellationToken
    )
    {
        var text =
            question.Text
            + (
                question.Field.Kind switch
                {
                    FieldKind.Lines => " (joined by commas)",
                    FieldKind.Date => " (yyyy-MM-dd)",
                    _ => "",
                }
            );

        // The prompt puts a colon behind a usual answer itself.
        var colon = question.Usual is { Length: > 0 } ? "" : ":";
        var prompt = new TextPrompt<string>($"{Markup.Escape(text)}{colon}");
        if (question.IsSecret)
            prompt.Secret(null);
        if (question.Usual is { } usual)
        {
            prompt.AllowEmpty();
            if (usual.Length > 0)
                prompt.DefaultValue(usual);
        }

        if (question.IsFlag)
            prompt.Validate(
                a => a.Length == 0 || YesOrNo.Contains(a.Trim(), StringComparer.OrdinalIgnoreCase),
                $"Answer {string.Join(" or ", YesOrNo)}."
            );
        return await call.Terminal.Console.PromptAsync(prompt, cancellationToken);
    }

    /// <summary>Lets a person write what is not in the list.</summary>
    private static async Task<string> ChooseOrWriteAsync(
        VerbCall call,
        ConnectQuestion question,
        IReadOnlyList<Offer> offers,
        CancellationToken cancellationToken
    )
    {
        // What was chosen before, or is usual, stands first, so that Enter keeps it.
        var first = question.Usual is { Length: > 0 } usual ? offers.FirstOrDefault(o => o.Value == usual) : null;
        IEnumerable<Offer> nothing = question.Field.Required ? [] : [Nothing];
        return await ChooseAsync(
            call,
            question,
            first is null
                ? [.. nothing, .. offers, Written]
                : [first, .. nothing, .. offers.Where(o => o != first), Written],
            cancellationToken
        );
    }

    /// <summary>By arrows, or by typing the beginning.</summary>
    private static async Task<string> ChooseAsync(
        VerbCall call,
        ConnectQuestion question,
        IReadOnlyList<Offer> offers,
        CancellationToken cancellationToken
    )
    {
        var chosen = await OfferAsync(call, question.Text, offers, cancellationToken);
        if (chosen.Value is null)
            return await WriteAsync(call, question, cancellationToken);

        // The list itself is gone once it is answered.
        call.Terminal.Paragraph($"{question.Text}: {chosen.Text}");
        return chosen.Value;
    }

    private static async Task AskPairsAsync(
        VerbCall call,
        JsonObject document,
        ConnectQuestion question,
        OfferedLists lists,
        CancellationToken cancellationToken
    )
    {
        var pairs = ConnectDocument.At(document, question.Path)?.DeepClone() as JsonObject ?? [];
        if (pairs.Count > 0)
            call.Terminal.Paragraph($"So far: {string.Join(", ", pairs.Select(p => $"{p.Key} = {p.Value}"))}");
        var asked = new HashSet<string>(StringComparer.Ordinal);
        while (await AskNameAsync() is { Length: > 0 } name)
        {
            asked.Add(name);
            var value = new ConnectQuestion(new FormField(question.Path, $"{name} =")) { Usual = $"{pairs[name]}" };
            var answer = lists[question.Field.List] is { Count: > 0 } values
                ? await ChooseOrWriteAsync(call, value, values, cancellationToken)
                : await WriteAsync(call, value, cancellationToken);
            pairs.Remove(name);
            if (answer.Trim() is { Length: > 0 } written)
                pairs[name] = written;
        }

        ConnectDocument.Put(document, question.Path, pairs);

        async Task<string> AskNameAsync()
        {
            var label = asked.Count == 0 ? question.Text : $"{question.Text}, another one";
            var name = new ConnectQuestion(new FormField(question.Path, label));
            var open = lists[question.Field.KeyList].Where(o => !asked.Contains(o.Value!)).ToList();
            return open.Count > 0
                ? await ChooseOrWriteAsync(call, name, open, cancellationToken)
                : await WriteAsync(call, name, cancellationToken);
        }
    }

    private static IReadOnlyList<Offer> OfWords(ConnectQuestion question)
    {
        var offers = question.Field.Choices.Select(c => new Offer(c.Value, c.Text)).ToList();
        return [.. offers.OrderBy(o => o.Value != question.Usual)];
    }

    private static Task<Offer> OfferAsync(
        VerbCall call,
        string title,
        IReadOnlyList<Offer> offers,
        CancellationToken cancellationToken
    ) =>
        call.Terminal.Console.PromptAsync(
            new SelectionPrompt<Offer>()
                .Title($"{Markup.Escape(title)}:")
                .PageSize(Shown)
                .MoreChoicesText("(more below; type to search)")
                .EnableSearch()
                .UseConverter(o => Markup.Escape(o.Text))
                .AddChoices(offers),
            cancellationToken
        );
}
