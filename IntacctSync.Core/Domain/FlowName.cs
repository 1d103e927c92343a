using System.Diagnostics.CodeAnalysis;

namespace IntacctSync.Core.Domain;

/// <summary>
/// The public name of a flow: 1 to 63 lower-case letters, digits and dashes, beginning with a letter. Which flows there
/// are, and in which order, is said by each app.
/// </summary>
public readonly record struct FlowName
{
    public const int MaxLength = 63;

    private readonly string? _value;

    private FlowName(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("A FlowName is made by Parse or TryParse.");

    /// <returns>Whether the text can be a flow's name; not whether there is such a flow.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out FlowName flow)
    {
        var valid =
            text is { Length: > 0 and <= MaxLength }
            && char.IsAsciiLetterLower(text[0])
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        flow = valid ? new FlowName(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException">The text can be no flow's name.</exception>
    public static FlowName Parse(string text) =>
        TryParse(text, out var flow)
            ? flow
            : throw new FormatException(
                $"'{text}' is not the name of a flow: use 1 to {MaxLength} of a-z, 0-9 and '-', a letter first."
            );

    public override string ToString() => Value;
}
