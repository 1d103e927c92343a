using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>Secrets that outlive the processes of a test.</summary>
internal sealed class MemorySecrets : ISecretStore
{
    private readonly ConcurrentDictionary<SecretName, string> _secrets = new();

    public Task<string?> GetAsync(SecretName name, CancellationToken cancellationToken) => Task.FromResult(_secrets.GetValueOrDefault(name));

    public Task SetAsync(SecretName name, string secret, CancellationToken cancellationToken)
    {
        _secrets[name] = secret;
        return Task.CompletedTask;
    }

    public Task DeleteAsync(SecretName name, CancellationToken cancellationToken)
    {
        _secrets.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public Task DeleteAllAsync(ConnectionId connection, CancellationToken cancellationToken)
    {
        foreach (var name in _secrets.Keys.Where(n => n.Connection == connection))
            _secrets.TryRemove(name, out _);
        return Task.CompletedTask;
    }
}
