using System.Diagnostics.CodeAnalysis;

namespace IntacctSync.Core.Domain;

/// <summary>
/// Names a connection: 1 to 63 characters of a-z, 0-9 and '-'. It is part of URLs and of storage keys.
/// </summary>
public readonly record struct ConnectionId
{
    public const int MaxLength = 63;

    private readonly string? _value;

    private ConnectionId(string value) => _value = value;

    public string Value =>
        _value ?? throw new InvalidOperationException("A ConnectionId must be made by Parse or TryParse.");

    /// <exception cref="FormatException">The text is not a connection id; the message names the rule.</exception>
    public static ConnectionId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException(
                $"'{text}' is not a connection id: use 1 to {MaxLength} characters of a-z, 0-9 and '-'."
            );

    public static bool TryParse([NotNullWhen(true)] string? text, out ConnectionId id)
    {
        var valid =
            text is { Length: >= 1 and <= MaxLength }
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        id = valid ? new ConnectionId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;
}
