using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Secrets.KeyVault;

/// <summary>
/// Names of secrets in a vault, which allows 1 to 127 letters, digits and dashes: the field with dashes for its dots,
/// two dashes, the connection. <c>demo/intacct.userPassword</c> is <c>intacct-userPassword--demo</c>.
/// </summary>
/// <remarks>
/// The first two dashes of a name end its field, so it can be read back. A vault does not tell names apart by case; the
/// fields and the connections don't need it to.
/// </remarks>
internal static class KeyVaultName
{
    private const string Separator = "--";

    /// <exception cref="ArgumentException">The field has dots where its name could not be read back.</exception>
    public static string Of(SecretName name)
    {
        var field = name.Field.Replace('.', '-');
        if (field.Contains(Separator, StringComparison.Ordinal) || field[^1] == '-')
            throw new ArgumentException(
                $"'{name.Field}' can't be kept in a vault: put letters or digits between and behind the dots.",
                nameof(name)
            );
        return field + Separator + name.Connection.Value;
    }

    /// <summary>Whether a name of the vault is one of this connection's.</summary>
    public static bool IsOf(string name, ConnectionId connection)
    {
        var at = name.IndexOf(Separator, StringComparison.Ordinal);
        return at > 0 && name.AsSpan(at + Separator.Length).SequenceEqual(connection.Value);
    }
}
