using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Connections;

/// <summary>A secret that a connection needs has no value.</summary>
public sealed class SecretMissingException(ConnectionId connection, string field)
    : Exception($"The connection '{connection}' has no {field}.")
{
    public string Field { get; } = field;
}
