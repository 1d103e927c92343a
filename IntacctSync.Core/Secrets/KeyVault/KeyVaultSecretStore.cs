using Azure;
using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Secrets.KeyVault;

/// <summary>
/// Secrets in an Azure Key Vault, each setting a new version of its secret, the newest being the one that is read.
/// </summary>
/// <remarks>
/// <para>What was read is kept in memory for <see cref="HeldFor"/>, or until <see cref="Forget"/> or <see
/// cref="Drop"/>. A change made in the portal is seen after that; that a secret is not set is never held.</para>
/// <para>A deleted secret stays recoverable in its vault, which then refuses its name: it is recovered before it is set
/// again, as purging may be forbidden.</para>
/// <para>Throttling (429) and 5xx answers are tried again by the client, after the time that the vault asks for, up to
/// that of <see cref="AzureRetryLimit"/>.</para>
/// </remarks>
public sealed class KeyVaultSecretStore : ISecretStore
{
    public static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(15);

    /// <summary>What a vault takes (learn.microsoft.com, "About Azure Key Vault secrets").</summary>
    private const int MaxBytes = 25_000;

    private readonly SecretClient _client;
    private readonly HeldSecrets _held;
    private readonly DeletedSecret _deleted;

    /// <param name="client">Reaches the vault.</param>
    /// <param name="time">Ages what is held, and paces the wait for a recovery.</param>
    public KeyVaultSecretStore(SecretClient client, TimeProvider time)
    {
        _client = client;
        _held = new HeldSecrets(HeldFor, time);
        _deleted = new DeletedSecret(client, time);
    }

    /// <param name="vault">Such as <c>https://NAME.vault.azure.net</c>.</param>
    public static KeyVaultSecretStore At(Uri vault, TokenCredential credential, TimeProvider time) =>
        new(new SecretClient(vault, credential, Limited(new SecretClientOptions())), time);

    /// <summary>The options of the client, with the limit of <see cref="AzureRetryLimit"/>.</summary>
    internal static SecretClientOptions Limited(SecretClientOptions options)
    {
        options.AddPolicy(new AzureRetryLimit(), HttpPipelinePosition.PerRetry);
        return options;
    }

    public async Task<string?> GetAsync(SecretName name, CancellationToken cancellationToken)
    {
        if (_held.Find(name) is { } held)
            return held;
        var state = _held.State;
        var secret = await CallAsync(
            name.ToString(),
            () => ReadAsync(KeyVaultName.Of(name), cancellationToken),
            cancellationToken
        );
        if (secret is not null)
            _held.Hold(name, secret, state);
        return secret;
    }

    public async Task SetAsync(SecretName name, string secret, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(secret))
            throw new ArgumentException($"The secret '{name}' is empty: give its text, or delete it.", nameof(secret));
        if (System.Text.Encoding.UTF8.GetByteCount(secret) is > MaxBytes and var bytes)
            throw new ArgumentException(
                $"The secret '{name}' has {bytes} bytes; a vault takes at most {MaxBytes}.",
                nameof(secret)
            );
        var vaultName = KeyVaultName.Of(name);
        try
        {
            await CallAsync(
                name.ToString(),
                () => _deleted.SetAsync(vaultName, secret, cancellationToken),
                cancellationToken
            );
        }
        finally
        {
            // After a call without an answer it is not known which value the vault has.
            _held.Drop(name);
        }
    }

    public async Task DeleteAsync(SecretName name, CancellationToken cancellationToken)
    {
        var vaultName = KeyVaultName.Of(name);
        try
        {
            await CallAsync(name.ToString(), () => DeleteAsync(vaultName, cancellationToken), cancellationToken);
        }
        finally
        {
            _held.Drop(name);
        }
    }

    public async Task DeleteAllAsync(ConnectionId connection, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(
                $"{connection}/*",
                () => DeleteAllOfAsync(connection, cancellationToken),
                cancellationToken
            );
        }
        finally
        {
            _held.Drop(connection);
        }
    }

    public void Forget(ConnectionId connection) => _held.Forget(connection);

    public void Drop(ConnectionId connection) => _held.Drop(connection);

    private async Task<string?> ReadAsync(string vaultName, CancellationToken cancellationToken)
    {
        try
        {
            return (await _client.GetSecretAsync(vaultName, cancellationToken: cancellationToken)).Value.Value;
        }
        catch (RequestFailedException absent) when (absent.Status == 404)
        {
            return null;
        }
    }

    private async Task<bool> DeleteAsync(string vaultName, CancellationToken cancellationToken)
    {
        try
        {
            await _client.StartDeleteSecretAsync(vaultName, cancellationToken);
            return true;
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return false;
        }
    }

    private async Task<bool> DeleteAllOfAsync(ConnectionId connection, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var secret in _client.GetPropertiesOfSecretsAsync(cancellationToken))
        {
            if (KeyVaultName.IsOf(secret.Name, connection))
                names.Add(secret.Name);
        }

        foreach (var name in names)
            await DeleteAsync(name, cancellationToken);
        return names.Count > 0;
    }

    private async Task<T> CallAsync<T>(string what, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await call();
        }
        catch (Exception refused)
            when (refused is not (ArgumentException or OutOfMemoryException)
                && !cancellationToken.IsCancellationRequested
            )
        {
            throw new SecretsUnavailableException(
                $"The secret '{what}' in {_client.VaultUri} can't be reached ({Reason(refused)}).",
                refused
            );
        }
    }

    /// <summary>
    /// The vault's status and code, or why there are none; its whole answer is left to the inner exception.
    /// </summary>
    private static string Reason(Exception refused) =>
        refused switch
        {
            AggregateException { InnerExceptions: [.., var last] } => Reason(last),
            RequestFailedException { Status: 401 or 403 } e =>
                $"{e.Status} {e.ErrorCode}: give the identity the role Key Vault Secrets Officer on this "
                    + $"vault, and let its network in",
            RequestFailedException { Status: > 0 } e => $"{e.Status} {e.ErrorCode}",
            TaskCanceledException => "it took too long",
            _ => refused.Message.Split('\n')[0].Trim(),
        };
}
