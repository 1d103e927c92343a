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
                // The vault still holds the name of a deleted secret. After the first refusal the secret is recovered
                // at once; after that this code waits until the recovery has ended.
                if (tried > 1)
                    await Task.Delay(Pause, time, cancellationToken);
                await RecoverAsync(name, cancellationToken);
            }
        }
    }

    /// <summary>Asks for the recovery. Whether it has ended is found out by setting the secret again.</summary>
    private async Task RecoverAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.StartRecoverDeletedSecretAsync(name, cancellationToken);
        }
        catch (RequestFailedException early) when (early.Status is 404 or 409)
        {
            // The secret is still being deleted, or another instance recovers it.
        }
    }
}
