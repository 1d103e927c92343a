using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Secrets;

/// <summary>Keeps secrets apart from everything else. What it stores is durable when the task completes.</summary>
public interface ISecretStore
{
    /// <returns>The secret, or null where there is none.</returns>
    Task<string?> GetAsync(SecretName name, CancellationToken cancellationToken);

    Task SetAsync(SecretName name, string value, CancellationToken cancellationToken);

    /// <summary>Forgets the secret; nothing happens where there is none.</summary>
    Task DeleteAsync(SecretName name, CancellationToken cancellationToken);

    /// <summary>Forgets all secrets of a connection.</summary>
    Task DeleteAllAsync(ConnectionId connection, CancellationToken cancellationToken);
}
