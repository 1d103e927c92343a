using System.Collections.Concurrent;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Secrets.KeyVault;

/// <summary>Secrets that are held in memory for a given time.</summary>
internal sealed class HeldSecrets(TimeSpan heldFor, TimeProvider time)
{
    /// <summary>
    /// A secret that was read this recently is not read anew: callers with wrong passwords must not be able to load the
    /// vault.
    /// </summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<SecretName, (string Secret, DateTimeOffset ReadAt)> _held = new();
    private long _state;

    /// <summary>Changes with each drop. A read that began before a drop is not held after it.</summary>
    public long State => Interlocked.Read(ref _state);

    public string? Find(SecretName name) =>
        _held.TryGetValue(name, out var held) && NotedTimes.IsWithin(heldFor, held.ReadAt, time.GetUtcNow())
            ? held.Secret
            : null;

    public void Hold(SecretName name, string secret, long stateBefore)
    {
        _held[name] = (secret, time.GetUtcNow());
        if (State != stateBefore)
            _held.TryRemove(name, out _);
    }

    public void Drop(SecretName name)
    {
        Interlocked.Increment(ref _state);
        _held.TryRemove(name, out _);
    }

    public void Drop(ConnectionId connection)
    {
        Interlocked.Increment(ref _state);
        foreach (var name in _held.Keys.Where(name => name.Connection == connection))
            _held.TryRemove(name, out _);
    }

    /// <summary>Drops what was not read just now.</summary>
    public void Forget(ConnectionId connection)
    {
        var now = time.GetUtcNow();
        foreach (var (name, held) in _held)
        {
            if (name.Connection == connection && !NotedTimes.IsWithin(Fresh, held.ReadAt, now))
                _held.TryRemove(name, out _);
        }
    }
}
