using System.Collections.Concurrent;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Core.Zuper;

/// <summary>
/// Puts together with what a connection's account is called, from its settings, its key and Zuper's region look-up.
/// </summary>
public sealed class ZuperAccounts(ConnectionSecrets secrets, ZuperClient zuper)
{
    private readonly ConcurrentDictionary<string, Uri> _regions = new(StringComparer.Ordinal);

    /// <exception cref="SecretMissingException">There is no key.</exception>
    /// <exception cref="ZuperException">The account's region could not be looked up.</exception>
    public async Task<ZuperAccount> GetAsync(Connection connection, CancellationToken cancellationToken)
    {
        var key = await secrets.RequireAsync(connection, ZuperSecrets.ApiKey, cancellationToken);
        return new ZuperAccount(await RegionAsync(connection.Zuper().Zuper, cancellationToken), key);
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
}
