using Azure;
using Azure.Security.KeyVault.Secrets;

namespace IntacctSync.Core.Secrets.KeyVault;

/// <summary>Sets secrets whose name a vault may hold back because a secret of that name was deleted.</summary>
/// <remarks>
/// Conflicts as learn.microsoft.com, "Azure Key Vault soft-delete overview", and the vault's error codes give them.
/// </remarks>
internal sealed class DeletedSecret(SecretClient client, TimeProvider time)
{
    private const int Tries = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> SetAsync(string name, string secret, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                await client.SetSecretAsync(name, secret, cancellationToken);
                return true;
            }
            catch (RequestFailedException refused) when (refused.Status == 409 && tried < Tries)
            {
                // The name is held back. The first refusal is answered by a recovery at once; what is under way is
                // given time.
                if (tried > 1)
                    await Task.Delay(Pause, time, cancellationToken);
                await RecoverAsync(name, cancellationToken);
            }
        }
    }

    /// <summary>Asks for the recovery. That it is not there yet, or no longer, is found out by setting again.</summary>
    private async Task RecoverAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.StartRecoverDeletedSecretAsync(name, cancellationToken);
        }
        catch (RequestFailedException early) when (early.Status is 404 or 409)
        {
            // It is still being deleted, or another instance recovers it.
        }
    }
}
