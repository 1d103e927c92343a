using System.Collections.Concurrent;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Detection.Webhooks;

/// <summary>What proves the sender of a webhook, looked up within the time that he waits.</summary>
public sealed class WebhookSecrets(ConnectionStore connections, ConnectionSecrets stored, TimeProvider time)
{
    /// <summary>
    /// How long it is believed that a connection has no secret: strangers would have each of their calls looked up.
    /// </summary>
    private static readonly TimeSpan AbsentFor = TimeSpan.FromSeconds(5);

    /// <summary>Connections without a secret, as their row was then: a put changes it.</summary>
    private readonly ConcurrentDictionary<ConnectionId, (string ETag, long At)> _absent = new();

    /// <summary>The secret may have been changed by another instance: it is looked up anew for the next call.</summary>
    public void Forget(ConnectionId id) => stored.Forget(id);

    /// <summary>The connection, and what its senders may prove themselves by: nothing for a stranger's name.</summary>
    /// <param name="id">The connection, as the address names it.</param>
    /// <param name="longest">How long the sender may be kept waiting for it.</param>
    /// <param name="now">When he called.</param>
    /// <param name="cancellationToken">The sender has gone.</param>
    /// <exception cref="TimeoutException">The store or the vault holds the call and answers nothing.</exception>
    public async Task<(Connection? Connection, IReadOnlyList<string?> Secrets)> LookUpAsync(
        ConnectionId id,
        TimeSpan longest,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        using var tooLong = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        try
        {
            // A client may go on trying when nobody waits any more.
            var connection = await connections.GetAsync(id, either.Token).WaitAsync(either.Token);
            return connection is null
                ? (null, [])
                : (connection, await SecretsAsync(connection, now, either.Token).WaitAsync(either.Token));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"What proves the sender of a webhook could not be looked up within {longest:c}.",
                e
            );
        }
    }

    /// <summary>The secret that counts, and for a day the one before it.</summary>
    private async Task<List<string?>> SecretsAsync(
        Connection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (connection.Settings.Profile.Secrets.Webhook is not { } field)
            return [];
        if (_absent.TryGetValue(connection.Id, out var absent) && absent.ETag == connection.ETag)
        {
            if (time.GetElapsedTime(absent.At) < AbsentFor)
                return [];
            _absent.TryRemove(connection.Id, out _);
        }

        List<string?> known = [await stored.GetAsync(connection, field, cancellationToken)];
        if (
            NotedTimes.Lasts(connection.ReplacedUntil, ConnectionPut.ReplacedFor, now)
            && await stored.GetAsync(connection, ConnectionSecrets.Replaced(field), cancellationToken) is { } replaced
        )
            known.Add(replaced);
        if (known.TrueForAll(static k => k is null))
            _absent[connection.Id] = (connection.ETag, time.GetTimestamp());
        return known;
    }
}
