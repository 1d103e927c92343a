using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Connections;

/// <summary>
/// Stores a document as a whole: its settings and its secrets together, or neither, though they are kept in two places.
/// </summary>
/// <remarks>
/// <para>New secrets are set aside first, in one entry of their own. The connection's row then names that entry beside
/// the new settings: from that write on they count, and before it they do not. Afterwards each is put under its own
/// name, and the entry is removed.</para>
/// <para>Who is broken off leaves the old or the new: an entry that no row names counts for nothing, and one that is
/// named is finished by the next put.</para>
/// </remarks>
public sealed class ConnectionPut(
    ConnectionStore connections,
    ConnectionSecrets secrets,
    IIdSource ids,
    TimeProvider time
) : IDisposable
{
    /// <summary>How long a webhook secret that was replaced is still taken, so that senders can follow.</summary>
    public static readonly TimeSpan ReplacedFor = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim _gate = new(1, 1);

    public void Dispose() => _gate.Dispose();

    /// <returns>The connection, and whether it is new.</returns>
    public Task<(Connection Connection, bool Created)> PutAsync(
        ConnectionId id,
        ConnectionDocument document,
        CancellationToken cancellationToken
    ) => PutAsync(id, document, rests: false, cancellationToken);

    /// <param name="id">Its name.</param>
    /// <param name="document">What is stored.</param>
    /// <param name="rests">Whether a new connection rests until a person activates it; one that is there stays as it
    /// is.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <returns>The connection, and whether it is new.</returns>
    public async Task<(Connection Connection, bool Created)> PutAsync(
        ConnectionId id,
        ConnectionDocument document,
        bool rests,
        CancellationToken cancellationToken
    )
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (await connections.GetAsync(id, cancellationToken) is { SecretsEntry: not null } unfinished)
                await FinishAsync(unfinished, cancellationToken);
            var (changes, until) = await ChangesAsync(id, document, cancellationToken);
            if (changes.Count == 0)
                return await connections.PutAsync(id, document.Settings, Resting, cancellationToken);

            var entry = ids.NewId();
            try
            {
                await secrets.SetAsideAsync(id, entry, changes, cancellationToken);
                var (stored, created) = await connections.PutAsync(
                    id,
                    document.Settings,
                    c => Resting(c) with { SecretsEntry = entry, ReplacedUntil = until ?? c.ReplacedUntil },
                    cancellationToken
                );
                return (await FinishAsync(stored, cancellationToken), created);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                await ForgetAsync(id, entry);
                throw;
            }
        }
        finally
        {
            _gate.Release();
        }

        // One that was never written has no ETag yet.
        Connection Resting(Connection c) =>
            rests && c.ETag.Length == 0 ? c with { Active = false, DeactivatedAt = time.GetUtcNow() } : c;
    }

    private async Task<(Dictionary<string, string?> Changes, DateTimeOffset? ReplacedUntil)> ChangesAsync(
        ConnectionId id,
        ConnectionDocument document,
        CancellationToken cancellationToken
    )
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        DateTimeOffset? until = null;
        foreach (var (field, change) in document.Secrets)
        {
            if (change.Value is null && !change.Clears)
                continue;
            var was = await secrets.GetAsync(id, field, cancellationToken);
            if (was == change.Value)
                continue;
            changes[field] = change.Value;
            if (field != document.Settings.Profile.Secrets.Webhook)
                continue;

            // A secret that is cleared stops working at once, and so does the one before it.
            var kept = change.Clears ? null : was;
            changes[ConnectionSecrets.Replaced(field)] = kept;
            until = kept is null ? time.GetUtcNow() : time.GetUtcNow() + ReplacedFor;
        }

        return (changes, until);
    }

    private async Task<Connection> FinishAsync(Connection connection, CancellationToken cancellationToken)
    {
        var entry = connection.SecretsEntry!;
        await secrets.PutInPlaceAsync(connection.Id, entry, cancellationToken);
        var finished = await connections.ChangeAsync(
            connection.Id,
            c => c.SecretsEntry == entry ? c with { SecretsEntry = null } : c,
            cancellationToken
        );
        await secrets.DropAsync(connection.Id, entry, cancellationToken);
        return finished ?? connection;
    }

    /// <summary>
    /// Removes what was set aside for nothing. Where it can't be told whether the row names it, it is left: it counts
    /// for nothing, or for what was asked.
    /// </summary>
    private async Task ForgetAsync(ConnectionId id, string entry)
    {
        try
        {
            if ((await connections.GetAsync(id, CancellationToken.None))?.SecretsEntry != entry)
                await secrets.DropAsync(id, entry, CancellationToken.None);
        }
        catch (Exception e) when (e is TableUnavailableException or SecretsUnavailableException)
        {
            // The next purge of this id finds it.
        }
    }
}
