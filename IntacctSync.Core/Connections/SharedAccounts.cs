using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Connections;

/// <summary>
/// Finds a connection of another Intacct company with the same account of an app in which the records of two companies
/// would have the same ids (<see cref="IAppProfile.AccountSecret"/>). A connection that rests counts as well: what it
/// has carried stands there.
/// </summary>
public sealed class SharedAccounts(ConnectionStore connections, ConnectionSecrets secrets)
{
    /// <param name="id">The connection whose account it is.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="key">The value of that secret; null where it has none.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Null where there is none, or the app's accounts may be shared.</returns>
    public async Task<Connection?> FindAsync(
        ConnectionId id,
        ConnectionSettings settings,
        string? key,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Profile.AccountSecret is not { } field || key is null)
            return null;
        var company = new CompanyId(settings.Intacct.CompanyId);
        foreach (var other in await connections.ListAsync(cancellationToken))
        {
            if (
                other.Id != id
                && other.Settings.App == settings.App
                && other.Company != company
                && (await secrets.GetAsync(other, field, cancellationToken))?.Trim() == key.Trim()
            )
                return other;
        }

        return null;
    }
}
