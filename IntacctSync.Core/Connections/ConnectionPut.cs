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
/// <para>Another instance may put the same connection. The row also names which put moves the secrets, and until when
/// it may: another one waits for it, and goes on with what one left that was broken off. Then it holds its own document
/// against the outcome.</para>
/// </remarks>
public sealed class ConnectionPut(
    ConnectionStore connections,
    ConnectionSecrets secrets,
    IIdSource ids,
    TimeProvider time
)
{
    /// <summary>How long a webhook secret that was replaced is still taken, so that senders can follow.</summary>
    public static readonly TimeSpan ReplacedFor = TimeSpan.FromHours(24);

    /// <summary>How long one put may move secrets before another one takes its place.</summary>
    internal static readonly TimeSpan MovesFor = TimeSpan.FromMinutes(3);

    /// <summary>
    /// After this it breaks off a write and begins no other; the rest is for clocks that differ.
    /// </summary>
    private static readonly TimeSpan WritesFor = MovesFor - (2 * NotedTimes.Skew);

    private static readonly TimeSpan LooksEach = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a caller waits for a put of another instance.</summary>
    private static readonly TimeSpan WaitsFor = TimeSpan.FromSeconds(20);

    /// <returns>The connection, and whether it is new.</returns>
    /// <exception cref="SecretsUnavailableException">Another instance still moves the secrets of its put.</exception>
    public async Task<(Connection Connection, bool Created)> PutAsync(
        ConnectionId id,
        ConnectionDocument document,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var seen = await connections.GetAsync(id, cancellationToken);
            if (await TryPutAsync(id, document, rests: false, seen, cancellationToken) is { } stored)
                return stored;
        }
    }

    /// <summary>Stores the document, unless the connection is another one than it was held against.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="document">What is stored.</param>
    /// <param name="rests">Whether a new connection rests until a person activates it; one that is there stays as it
    /// is.</param>
    /// <param name="seen">The connection that the document was held against; null where there was none.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <returns>The connection, and whether it is new. Null where another document was put meanwhile, or the connection
    /// was purged: this one is to be held against what there is now.</returns>
    /// <exception cref="SecretsUnavailableException">Another instance still moves the secrets of its put.</exception>
    public async Task<(Connection Connection, bool Created)?> TryPutAsync(
        ConnectionId id,
        ConnectionDocument document,
        bool rests,
        Connection? seen,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var now = await connections.GetAsync(id, cancellationToken);
            if (now is { SecretsEntry: not null })
                now = await FinishAsync(now, cancellationToken);
            if (now?.Revision != seen?.Revision || now?.CreatedAt != seen?.CreatedAt)
                return null;
            if (now is not { SecretsEntry: not null })
                return await StoreAsync(id, document, rests, now, cancellationToken);
            if (time.GetElapsedTime(began) >= WaitsFor)
                throw new SecretsUnavailableException(
                    $"Another instance has stored the connection '{id}' just now and still moves its secrets. If it "
                        + $"was broken off, this can go on in {MovesFor.TotalMinutes:0} minutes."
                );
            await Task.Delay(LooksEach, time, cancellationToken);
        }
    }

    /// <param name="id">Its name.</param>
    /// <param name="document">What is stored.</param>
    /// <param name="rests">Whether a new connection rests.</param>
    /// <param name="seen">The connection that the document was held against; null where there was none.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <returns>Null where another instance has put a document meanwhile, so that this one is to be held against
    /// that.</returns>
    private async Task<(Connection Connection, bool Created)?> StoreAsync(
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
            var began = time.GetTimestamp();
            var moverUntil = time.GetUtcNow() + MovesFor;
            var stored = await connections.TryPutAsync(
                id,
                document.Settings,
                c =>
                    Follows(c, seen)
                        ? Resting(c) with
                        {
                            SecretsEntry = entry,
                            SecretsMover = entry,
                            SecretsMoverUntil = entry is null ? null : moverUntil,
                            ReplacedUntil = until ?? c.ReplacedUntil,
                        }
                        : null,
                cancellationToken
            );
            if (stored is { } put && entry is not null)
                return (await MoveAsync(put.Connection, began, cancellationToken), put.Created);
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

        // One that was never written has no ETag yet. It has rested from its first moment on, which tells it from one
        // that was deactivated.
        Connection Resting(Connection c) =>
            rests && c.ETag.Length == 0 ? c with { Active = false, DeactivatedAt = c.CreatedAt } : c;
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

        // Another instance may have changed what this one holds in memory.
        secrets.Drop(id);
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

    /// <summary>Goes on with the secrets that another put has left, unless that one is still at it.</summary>
    /// <returns>The connection as it is then; it names an entry as long as another put moves it.</returns>
    private async Task<Connection?> FinishAsync(Connection seen, CancellationToken cancellationToken)
    {
        var mover = ids.NewId();
        var began = time.GetTimestamp();
        var connection = await connections.ChangeAsync(
            seen.Id,
            c =>
                c.SecretsEntry != seen.SecretsEntry || NotedTimes.Lasts(c.SecretsMoverUntil, MovesFor, time.GetUtcNow())
                    ? c
                    : c with
                    {
                        SecretsMover = mover,
                        SecretsMoverUntil = time.GetUtcNow() + MovesFor,
                    },
            cancellationToken
        );
        return connection is { SecretsEntry: not null } && connection.SecretsMover == mover
            ? await MoveAsync(connection, began, cancellationToken)
            : connection;
    }

    /// <summary>Moves the secrets that the row names under their own names.</summary>
    /// <param name="connection">As it was written by this put, which alone may move them.</param>
    /// <param name="began">When that was, by the clock that only goes forward.</param>
    /// <param name="cancellationToken">Stops the writes.</param>
    /// <returns>The connection as it is then. If this took too long, another put may have its place.</returns>
    private async Task<Connection> MoveAsync(Connection connection, long began, CancellationToken cancellationToken)
    {
        var entry = connection.SecretsEntry!;
        var left = WritesFor - time.GetElapsedTime(began);
        using var longest = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(longest.Token, cancellationToken);
        try
        {
            await secrets.PutInPlaceAsync(connection.Id, entry, either.Token);
        }
        catch (OperationCanceledException) when (longest.IsCancellationRequested)
        {
            return connection;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await LeaveAsync(connection);
            throw;
        }

        var moved = false;
        var finished = await connections.ChangeAsync(
            connection.Id,
            c =>
            {
                moved = Moves(c, connection);
                return moved ? c with { SecretsEntry = null, SecretsMover = null, SecretsMoverUntil = null } : c;
            },
            cancellationToken
        );
        if (moved)
            await secrets.DropAsync(connection.Id, entry, cancellationToken);
        return finished ?? connection;
    }

    /// <summary>Whether the row still says that this put moves its secrets.</summary>
    private static bool Moves(Connection now, Connection written) =>
        now.SecretsEntry == written.SecretsEntry && now.SecretsMover == written.SecretsMover;

    /// <summary>Lets the next put go on at once. Where that can't be noted, it waits.</summary>
    private async Task LeaveAsync(Connection connection)
    {
        try
        {
            await connections.ChangeAsync(
                connection.Id,
                c => Moves(c, connection) ? c with { SecretsMoverUntil = null } : c,
                CancellationToken.None
            );
        }
        catch (TableUnavailableException)
        {
            // The put that comes next waits until its time is over.
        }
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
