using IntacctSync.Core.Secrets;
using IntacctSync.Core.Secrets.KeyVault;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.AzureTables;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Local.Settings;

namespace IntacctSync.Local;

/// <summary>Opens the tables and the secrets at the places that the settings name.</summary>
internal static class LocalStore
{
    /// <summary>
    /// Adds <see cref="ITable"/>. The container makes the table, and so closes it when the host has stopped.
    /// </summary>
    public static IServiceCollection AddTable(this IServiceCollection services, LocalSettings settings) =>
        settings.Tables is { } account
            ? services.AddAzureTable(account)
            : services.AddSingleton<ITable>(_ => new SqliteTable(settings.StoragePath));

    public static ISecretStore OpenSecrets(LocalSettings settings, TimeProvider time) =>
        settings.Vault is { } vault
            ? KeyVaultSecretStore.At(vault, AzureIdentity.Credential, time)
            : new FileSecretStore(settings.SecretsPath, time);
}
