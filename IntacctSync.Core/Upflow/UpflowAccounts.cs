using IntacctSync.Core.Connections;
using IntacctSync.Core.Upflow.Client;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Upflow;

/// <summary>Puts together with what a connection's organisation is called, from its settings and its keys.</summary>
public sealed class UpflowAccounts(ConnectionSecrets secrets, IOptions<UpflowOptions> options)
{
    /// <exception cref="SecretMissingException">There is no key, or no secret to it.</exception>
    public async Task<UpflowAccount> GetAsync(Connection connection, CancellationToken cancellationToken) =>
        new(
            new Uri(connection.Upflow().Upflow.ApiUrl ?? options.Value.Endpoint),
            await secrets.RequireAsync(connection, UpflowSecrets.ApiKey, cancellationToken),
            await secrets.RequireAsync(connection, UpflowSecrets.ApiSecret, cancellationToken)
        );
}
