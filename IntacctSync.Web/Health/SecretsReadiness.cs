using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;

namespace IntacctSync.Web.Health;

/// <summary>
/// Whether the secrets can be read: one that does not exist, which is enough to tell, and whether they are still there
/// at all, which is told by the connections that are at work.
/// </summary>
internal sealed class SecretsReadiness(ISecretStore store, ConnectionStore connections, ConnectionSecrets secrets)
    : IReadinessCheck
{
    private static readonly SecretName Asked = new(ConnectionId.Parse("readiness"), "readiness");

    public string Name => "secrets";

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.GetAsync(Asked, cancellationToken);
            return await AreLostAsync(cancellationToken)
                ? "No connection has any of its secrets. Bring back the folder or vault that they were kept in, or "
                    + "enter the secrets of every connection again."
                : null;
        }
        catch (SecretsUnavailableException e)
        {
            return e.Message;
        }
    }

    /// <summary>Whether connections are at work, and not one of them has a secret. The store tells its own
    /// faults.</summary>
    private async Task<bool> AreLostAsync(CancellationToken cancellationToken)
    {
        try
        {
            var active = (await connections.ListAsync(cancellationToken)).Where(c => c.Active).ToList();
            foreach (var connection in active)
            {
                if ((await secrets.SetAsync(connection, cancellationToken)).Count > 0)
                    return false;
            }

            return active.Count > 0;
        }
        catch (TableUnavailableException)
        {
            return false;
        }
    }
}
