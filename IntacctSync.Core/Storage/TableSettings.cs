using Azure.Core;
using IntacctSync.Core.Settings;
using IntacctSync.Core.Storage.AzureTables;

namespace IntacctSync.Core.Storage;

/// <summary>Reads where the tables are. If one of the two keys of Azure Tables is set, they are there.</summary>
internal static class TableSettings
{
    public const string ConnectionStringKey = "Storage:ConnectionString";
    public const string EndpointKey = "Storage:Endpoint";
    public const string ProviderKey = "Storage:Provider";

    /// <param name="reader">The settings.</param>
    /// <param name="providers">Where this host can keep tables. If there is only one place, the key need not be
    /// set.</param>
    /// <param name="identity">The identity to sign in with, for an account that is given without a key.</param>
    /// <returns>Null for the file of this machine, and if a setting is wrong (the reader then has a line for
    /// it).</returns>
    public static TableAccount? Read(KeyReader reader, IReadOnlyList<string> providers, Func<TokenCredential> identity)
    {
        var stated = reader.Word(ProviderKey, providers) ?? (providers is [var only] ? only : null);
        var (connection, endpoint) = (reader.Text(ConnectionStringKey), reader.Text(EndpointKey));
        if (stated == "Sqlite")
        {
            foreach (var key in new[] { ConnectionStringKey, EndpointKey })
                reader.Unused(
                    key,
                    $"it belongs to Azure Tables and {ProviderKey} is Sqlite; or set {ProviderKey} to Tables"
                );
            return null;
        }

        if (connection is not null && endpoint is not null)
            reader.Refuse(
                $"{EndpointKey} is set beside {ConnectionStringKey}; allowed is one of them: the account by "
                    + $"its key, or by an identity."
            );
        else if (connection is not null)
            return Open(reader, ConnectionStringKey, () => TableAccount.OfConnectionString(connection));
        else if (endpoint is not null)
            return Open(reader, EndpointKey, () => TableAccount.WithIdentity(endpoint, identity()));
        else if (stated == "Tables")
            reader.Refuse(
                $"{ConnectionStringKey} is missing; allowed is a connection string, such as "
                    + $"UseDevelopmentStorage=true for Azurite, or {EndpointKey} instead, which {ProviderKey} Tables "
                    + $"needs."
            );
        return null;
    }

    private static TableAccount? Open(KeyReader reader, string key, Func<TableAccount> open)
    {
        try
        {
            return open();
        }
        catch (FormatException wrong)
        {
            reader.Refuse($"{key}: {wrong.Message}.");
            return null;
        }
    }
}
