using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Secrets;

/// <summary>Names a secret: a field of a connection's document, e.g. <c>intacct.userPassword</c>.</summary>
/// <remarks>
/// A field is 1 to 60 letters, digits and dots, so that every store can make a name of its own from it; two fields
/// differ in more than case.
/// </remarks>
public readonly record struct SecretName
{
    public const int MaxFieldLength = 60;

    private readonly string? _field;

    /// <exception cref="ArgumentException">The field is no such name.</exception>
    public SecretName(ConnectionId connection, string field)
    {
        if (
            field is not { Length: >= 1 and <= MaxFieldLength }
            || !field.All(c => char.IsAsciiLetterOrDigit(c) || c == '.')
        )
            throw new ArgumentException(
                $"'{field}' names no secret: use 1 to {MaxFieldLength} letters, digits and dots.",
                nameof(field)
            );
        (Connection, _field) = (connection, field);
    }

    public ConnectionId Connection { get; }

    public string Field => _field ?? throw new InvalidOperationException("A SecretName needs a field.");

    public override string ToString() => $"{Connection}/{Field}";
}
