using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections.Document;

namespace IntacctSync.Local.Cli;

/// <summary>A field of the form by which a connection is made, as it is asked in a terminal.</summary>
/// <param name="Field">As the console's form has it.</param>
internal sealed record ConnectQuestion(FormField Field)
{
    public string Path => Field.Path;

    public string Text => Field.Label;

    public bool IsSecret => Field.Kind == FieldKind.Secret;

    public bool IsFlag => Field.Kind == FieldKind.Flag;

    /// <summary>The answer that an empty one stands for; null where one must be given.</summary>
    public string? Usual { get; init; } = UsualOf(Field);

    /// <summary>What must hold of the answers before it, for it to be asked; null for always.</summary>
    public Func<JsonObject, bool>? When { get; init; }

    /// <summary>The doctor's checks after which it is asked again, if one of them failed.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    public bool IsAsked(JsonObject document) => When?.Invoke(document) != false;

    /// <summary>The question with what was answered before as its usual answer; a secret is not repeated.</summary>
    public ConnectQuestion After(JsonObject document) =>
        IsSecret || ConnectDocument.At(document, Path) is not { } at ? this : this with { Usual = Answer(at) };

    /// <summary>Puts an answer at its place in the document; an empty one stands for nothing.</summary>
    public void Put(JsonObject document, string answer)
    {
        var text = answer.Trim();

        // A secret that nobody has to give is the one that was made.
        if (IsSecret && text.Length == 0)
            return;
        JsonNode? value = Field.Kind switch
        {
            FieldKind.Flag => text.ToLowerInvariant() is "yes" or "y",
            FieldKind.Lines => new JsonArray([.. Entries(text).Select(t => (JsonNode)t)]),
            FieldKind.Pairs when text.Length == 0 => new JsonObject(),
            FieldKind.Number when long.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
            _ => text.Length == 0 ? null : text,
        };
        ConnectDocument.Put(document, Path, value);
    }

    private static string? UsualOf(FormField field) =>
        field.Required ? null
        : field.Kind == FieldKind.Flag ? (field.Usual == "true" ? "yes" : "no")
        : field.Kind == FieldKind.Choice ? field.Choices[0].Value
        : field.Kind == FieldKind.Lines ? string.Join(", ", Entries(field.Usual ?? ""))
        : field.Usual ?? "";

    private static string Answer(JsonNode value) =>
        value switch
        {
            JsonArray lines => string.Join(", ", lines.Select(v => v!.ToString())),
            JsonValue flag when flag.TryGetValue<bool>(out var isOn) => isOn ? "yes" : "no",
            _ => value.ToString(),
        };

    private static string[] Entries(string text) =>
        text.Split([',', ';', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
