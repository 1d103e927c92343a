using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;

namespace IntacctSync.Tests.Support;

/// <summary>Secrets in memory.</summary>
public sealed class StubSecrets : ISecretStore
{
    private readonly ConcurrentDictionary<SecretName, string> _values = new();
    private readonly ConcurrentDictionary<SecretName, string> _held = new();

    public Task<string?> GetAsync(SecretName name, CancellationToken cancellationToken) =>
        Task.FromResult(_held.GetValueOrDefault(name) ?? _values.GetValueOrDefault(name));

    /// <summary>From now on they are read from memory as they are, until that is forgotten.</summary>
    public void Hold()
    {
        foreach (var (name, value) in _values)
            _held[name] = value;
    }

    public void Forget(ConnectionId connection) => _held.Clear();

    public void Drop(ConnectionId connection) => _held.Clear();

    public Task SetAsync(SecretName name, string secret, CancellationToken cancellationToken)
    {
        _values[name] = secret;
        return Task.CompletedTask;
    }

    public Task DeleteAsync(SecretName name, CancellationToken cancellationToken)
    {
        _values.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public Task DeleteAllAsync(ConnectionId connection, CancellationToken cancellationToken)
    {
        foreach (var name in _values.Keys.Where(n => n.Connection == connection))
            _values.TryRemove(name, out _);
        return Task.CompletedTask;
    }
}
