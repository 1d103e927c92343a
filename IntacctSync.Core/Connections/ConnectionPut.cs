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
/// <para>Another instance may put the same connection: each finishes what it finds, holds its document against the
/// outcome again where the other was first, and leaves its own entry as soon as the row names it no longer.</para>
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
            while (true)
            {
                var seen = await connections.GetAsync(id, cancellationToken);
                if (seen is { SecretsEntry: not null })
                    seen = await FinishAsync(seen, cancellationToken);
                if (await TryPutAsync(id, document, rests, seen, cancellationToken) is { } stored)
                    return stored;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <param name="id">Its name.</param>
    /// <param name="document">What is stored.</param>
    /// <param name="rests">Whether a new connection rests.</param>
    /// <param name="seen">The connection that the document was held against; null where there was none.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <returns>Null where another instance has put a document meanwhile, so that this one is to be held against
    /// that.</returns>
    private async Task<(Connection Connection, bool Created)?> TryPutAsync(
        ConnectionId id,
        ConnectionDocument document,
        bool rests,
        Connection? seen,
        CancellationToken cancellationToken
    )
    {
        var (changes, until) = await ChangesAsync(id, document, cancellationToken);
        var entry = changes.Count == 0 ? null : ids.NewId();
        try
        {
            if (entry is not null)
                await secrets.SetAsideAsync(id, entry, changes, cancellationToken);
            var stored = await connections.TryPutAsync(
                id,
                document.Settings,
                c =>
                    Follows(c, seen)
                        ? Resting(c) with
                        {
                            SecretsEntry = entry,
                            ReplacedUntil = until ?? c.ReplacedUntil,
                        }
                        : null,
                cancellationToken
            );
            if (stored is { } put && entry is not null)
                return (await FinishAsync(put.Connection, cancellationToken), put.Created);
            if (entry is not null)
                await ForgetAsync(id, entry);
            return stored;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (entry is not null)
                await ForgetAsync(id, entry);
            throw;
        }

        // One that was never written has no ETag yet.
        Connection Resting(Connection c) =>
            rests && c.ETag.Length == 0 ? c with { Active = false, DeactivatedAt = time.GetUtcNow() } : c;
    }

    /// <summary>Whether nothing was put between what was seen and what is to be written.</summary>
    private static bool Follows(Connection next, Connection? seen) =>
        next.SecretsEntry is null
        && (seen is null ? next.ETag.Length == 0 : next.ETag.Length > 0 && next.Revision == seen.Revision + 1);

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
        await secrets.PutInPlaceAsync(
            connection.Id,
            entry,
            async () => (await connections.GetAsync(connection.Id, cancellationToken))?.SecretsEntry == entry,
            cancellationToken
        );
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
