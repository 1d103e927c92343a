using System.Collections.Concurrent;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Pipeline;

/// <summary>
/// Keeps a connection with the account of its app that its records are linked in. A new key is asked whose it is before
/// anything is done with it; every key is asked again from time to time.
/// </summary>
public sealed class AccountProof(ConnectionStore connections, KeyMapStore keyMap, AppCatalog apps, TimeProvider time)
{
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<ConnectionId, Proven> _proven = new();

    /// <summary>
    /// Why nothing may be done with this account; null where it is the right one, by what it says or by what it shows.
    /// </summary>
    /// <exception cref="Exception">The app's own: its account could not be asked.</exception>
    public async Task<Failure?> ObjectionAsync(
        Connection connection,
        AppAccount account,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var isProven =
            _proven.TryGetValue(connection.Id, out var proven)
            && proven.Account == account
            && proven.CreatedAt == connection.CreatedAt;
        if (isProven && NotedTimes.IsWithin(AskedAgainAfter, proven!.At, now))
            return null;
        var keyName = apps.Of(connection).KeyNameOf(account);
        if (await IdentityAsync(connection, account, isProven, cancellationToken) is { } identity)
        {
            if (
                connection.AccountIdentity is { } kept
                && kept != identity
                && await IsInUseAsync(connection, cancellationToken)
                && !await apps.Of(connection).IsSameAsync(connection, account, cancellationToken)
            )
                return Other(connection, kept, identity);
            if (
                connection.AccountIdentity is null
                && !isProven
                && (keyName is null || connection.ProvenKey != keyName)
                && await IsInUseAsync(connection, cancellationToken)
                && !await apps.Of(connection).ShowsLinkedAsync(connection, account, cancellationToken)
            )
                return Unknown(connection);
            await connections.ChangeAsync(connection.Id, c => c with { AccountIdentity = identity }, cancellationToken);
        }
        else if (
            !isProven
            && (keyName is null || connection.ProvenKey != keyName)
            && !await apps.Of(connection).ShowsLinkedAsync(connection, account, cancellationToken)
        )
            return Unknown(connection);
        if (keyName is not null && connection.ProvenKey != keyName)
            await connections.ChangeAsync(connection.Id, c => c with { ProvenKey = keyName }, cancellationToken);

        _proven[connection.Id] = new Proven(account, connection.CreatedAt, now);
        return null;
    }

    /// <returns>
    /// Null where the app does not tell, and where it gives no answer for a key that was proven before.
    /// </returns>
    private async Task<string?> IdentityAsync(
        Connection connection,
        AppAccount account,
        bool isProven,
        CancellationToken cancellationToken
    )
    {
        var app = apps.Of(connection);
        try
        {
            return await app.IdentityAsync(account, cancellationToken);
        }
        catch (Exception e) when (isProven && app.FailureOfProbe(e) is { Class: not FailureClass.Authentication })
        {
            return null;
        }
    }

    /// <summary>While no record is known there is nothing that another account could harm.</summary>
    private async Task<bool> IsInUseAsync(Connection connection, CancellationToken cancellationToken)
    {
        foreach (var flow in connection.Settings.Profile.Flows)
        {
            if (await keyMap.AnyAsync(connection.Id, flow.Name, cancellationToken))
                return true;
        }

        return false;
    }

    private static Failure Other(Connection connection, string kept, string identity)
    {
        var (app, title) = (connection.Settings.App, connection.Settings.Profile.Title);
        return new Failure(
            FailureClass.Authentication,
            new Problem(
                $"{app}-other-account",
                $"The key is one of the {title} account {identity}; the records of this connection are linked in "
                    + $"account {kept}. Nothing was read or written with it.",
                $"Put a key of the account {kept} again. If the other account is meant, make a connection of its own "
                    + $"for it, or purge this one first."
            ),
            System: app
        );
    }

    /// <summary>What the key is one of is not said, or was not known when the records were linked.</summary>
    private static Failure Unknown(Connection connection)
    {
        var (app, title) = (connection.Settings.App, connection.Settings.Profile.Title);
        return new Failure(
            FailureClass.Authentication,
            new Problem(
                $"{app}-other-account",
                $"It can't be told whether the key belongs to the same account of {title}, which shows none of the "
                    + "records with it that are linked"
                    + $"{(connection.AccountIdentity is { } kept ? $" in account {kept}" : "")}. Nothing was "
                    + $"written with it.",
                $"Put a key of the account that the records are linked in, whose user sees them. If another account "
                    + $"is meant, make a connection of its own for it, or purge this one first."
            ),
            System: app
        );
    }

    private sealed record Proven(AppAccount Account, DateTimeOffset CreatedAt, DateTimeOffset At);
}
