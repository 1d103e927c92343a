using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Apps;

/// <summary>
/// Puts together what is needed to call a connection's systems, from its settings, its secrets and what the app has to
/// look up.
/// </summary>
public sealed class ConnectionAccessSource(ConnectionSecrets secrets, AppCatalog apps)
{
    /// <exception cref="SecretMissingException">A secret that is required has no value.</exception>
    /// <exception cref="Exception">An exception of the app's own: a call that the account needs was
    /// refused.</exception>
    public async Task<ConnectionAccess> GetAsync(Connection connection, CancellationToken cancellationToken) =>
        new(
            await GetIntacctAsync(connection, cancellationToken),
            await apps.Of(connection).GetAccountAsync(connection, cancellationToken)
        );

    /// <summary>
    /// To be called when a sign-in was refused: the secrets may have been changed where they are kept, so the next
    /// access reads them anew.
    /// </summary>
    public void Forget(ConnectionId connection) => secrets.Forget(connection);

    public async Task<IntacctCredentials> GetIntacctAsync(Connection connection, CancellationToken cancellationToken)
    {
        var intacct = connection.Settings.Intacct;
        return new IntacctCredentials(
            intacct.SenderId,
            await secrets.RequireAsync(connection, SecretField.SenderPassword, cancellationToken),
            intacct.CompanyId,
            intacct.UserId,
            await secrets.RequireAsync(connection, SecretField.UserPassword, cancellationToken),
            intacct.EntityId
        );
    }
}
