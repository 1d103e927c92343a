using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Secrets;

/// <summary>Keeps the secrets of connections. They are kept nowhere else.</summary>
/// <remarks>
/// A change can be read by everybody when its task completes. Every call may throw <see
/// cref="SecretsUnavailableException"/>, whose text never holds a secret.
/// </remarks>
public interface ISecretStore
{
    /// <returns>The secret, or null where none is set.</returns>
    Task<string?> GetAsync(SecretName name, CancellationToken cancellationToken);

    /// <summary>Sets the secret, in the place of the one before.</summary>
    /// <exception cref="ArgumentException">The secret is empty: delete it instead.</exception>
    Task SetAsync(SecretName name, string secret, CancellationToken cancellationToken);

    /// <summary>Removes the secret if it is set.</summary>
    Task DeleteAsync(SecretName name, CancellationToken cancellationToken);

    /// <summary>Removes all secrets of a connection.</summary>
    Task DeleteAllAsync(ConnectionId connection, CancellationToken cancellationToken);

    /// <summary>
    /// Drops a connection's secrets from memory, so that they are read anew. To be called when a sign-in was refused,
    /// since a secret may have been changed where it is kept. A store that holds nothing in memory does nothing.
    /// </summary>
    void Forget(ConnectionId connection) { }

    /// <summary>
    /// Drops all of a connection's secrets from memory: another instance has changed them, or they must be read as they
    /// are now. A store that holds nothing in memory does nothing.
    /// </summary>
    void Drop(ConnectionId connection) { }
}

/// <summary>The secrets can't be read or written; the text says where they are and what to do.</summary>
public sealed class SecretsUnavailableException(string message, Exception? inner = null)
    : Exception(message, inner),
        ILogText
{
    public string LogText => Message;
}
