using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Secrets.KeyVault;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.AzureTables;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Local.Settings;

namespace IntacctSync.Local;

/// <summary>Opens the tables and the secrets where the settings say that they are.</summary>
internal static class LocalStore
{
    /// <returns>A table that the caller disposes if it can be disposed of.</returns>
    public static ITable OpenTable(LocalSettings settings, TimeProvider time) =>
        settings.Tables is { } account
            ? new AzureTable(account, time, new GuidIdSource(time))
            : new SqliteTable(settings.StoragePath);

    public static ISecretStore OpenSecrets(LocalSettings settings, TimeProvider time) =>
        settings.Vault is { } vault
            ? KeyVaultSecretStore.At(vault, AzureIdentity.Credential, time)
            : new FileSecretStore(settings.SecretsPath, time);
}
