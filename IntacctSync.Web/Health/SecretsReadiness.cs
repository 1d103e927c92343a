using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;

namespace IntacctSync.Web.Health;

/// <summary>
/// Whether the secrets can be read. It asks for a secret that does not exist, which is enough to tell.
/// </summary>
internal sealed class SecretsReadiness(ISecretStore secrets) : IReadinessCheck
{
    private static readonly SecretName Asked = new(ConnectionId.Parse("readiness"), "readiness");

    public string Name => "secrets";

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await secrets.GetAsync(Asked, cancellationToken);
            return null;
        }
        catch (SecretsUnavailableException e)
        {
            return e.Message;
        }
    }
}
