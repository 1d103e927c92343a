using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Core.Connections;

/// <summary>
/// Puts together what is needed to call a connection's systems, from its settings, its secrets and Zuper's region
/// look-up.
/// </summary>
public sealed class ConnectionAccessSource(ConnectionSecrets secrets, ZuperClient zuper)
{
    private readonly ConcurrentDictionary<string, Uri> _regions = new(StringComparer.Ordinal);

    /// <exception cref="SecretMissingException">A secret that is required has no value.</exception>
    /// <exception cref="ZuperException">The account's region could not be looked up.</exception>
    public async Task<ConnectionAccess> GetAsync(Connection connection, CancellationToken cancellationToken) =>
        new(await GetIntacctAsync(connection, cancellationToken), await GetZuperAsync(connection, cancellationToken));

    /// <summary>
    /// A sign-in was refused: the next access is made of secrets that are read anew, as they may have been changed
    /// where they are kept.
    /// </summary>
    public void Forget(ConnectionId connection) => secrets.Forget(connection);

    public async Task<IntacctCredentials> GetIntacctAsync(Connection connection, CancellationToken cancellationToken)
    {
        var intacct = connection.Settings.Intacct;
        return new IntacctCredentials(
            intacct.SenderId,
            await SecretAsync(connection.Id, SecretField.SenderPassword, cancellationToken),
            intacct.CompanyId,
            intacct.UserId,
            await SecretAsync(connection.Id, SecretField.UserPassword, cancellationToken),
            intacct.EntityId
        );
    }

    public async Task<ZuperAccount> GetZuperAsync(Connection connection, CancellationToken cancellationToken)
    {
        var key = await SecretAsync(connection.Id, SecretField.ZuperApiKey, cancellationToken);
        return new ZuperAccount(await RegionAsync(connection.Settings.Zuper, cancellationToken), key);
    }

    private async Task<Uri> RegionAsync(ZuperSettings settings, CancellationToken cancellationToken)
    {
        if (settings.ApiUrl is { } url)
            return new Uri(url);
        var company = settings.CompanyName!;
        return _regions.TryGetValue(company, out var known)
            ? known
            : _regions[company] = await zuper.LookUpRegionAsync(company, cancellationToken);
    }

    private async Task<string> SecretAsync(
        ConnectionId connection,
        string field,
        CancellationToken cancellationToken
    ) =>
        await secrets.GetAsync(connection, field, cancellationToken)
        ?? throw new SecretMissingException(connection, field);
}

/// <summary>With what a connection's two systems are called. Neither part shows its secrets as text.</summary>
public sealed record ConnectionAccess(IntacctCredentials Intacct, ZuperAccount Zuper);
