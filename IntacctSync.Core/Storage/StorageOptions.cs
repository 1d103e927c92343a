using System.ComponentModel.DataAnnotations;
using Azure.Core;
using IntacctSync.Core.Settings;
using IntacctSync.Core.Storage.AzureTables;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Storage;

/// <summary>Where the tables are. If one of the two keys of Azure Tables is set, they are there.</summary>
internal abstract class StorageOptions : IValidatableObject
{
    public const string ConnectionStringKey = "Storage:ConnectionString";
    public const string EndpointKey = "Storage:Endpoint";
    public const string ProviderKey = "Storage:Provider";

    /// <summary>The account, by its key.</summary>
    [Setting(ConnectionStringKey, "a connection string")]
    public string? ConnectionString { get; set; }

    /// <summary>The account, by an identity.</summary>
    [Setting(EndpointKey, "an address such as https://ACCOUNT.table.core.windows.net")]
    public string? Endpoint { get; set; }

    /// <summary>The provider that is named, or the only one of the host.</summary>
    protected abstract string? Stated { get; }

    /// <summary>The account of the tables; null where they are in a file of this machine.</summary>
    /// <param name="identity">The identity to sign in with, for an account that is given without a key.</param>
    public TableAccount? Account(Func<TokenCredential> identity) =>
        ConnectionString is not null ? TableAccount.OfConnectionString(ConnectionString)
        : Endpoint is not null ? TableAccount.WithIdentity(Endpoint, identity())
        : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        IsStated("Sqlite") ? Unused()
        : ConnectionString is not null && Endpoint is not null
            ? Refuse(
                $"{EndpointKey} is set beside {ConnectionStringKey}; allowed is one of them: the account by its "
                    + $"key, or by an identity."
            )
        : ConnectionString is { } connection
            ? Try(ConnectionStringKey, () => TableAccount.OfConnectionString(connection))
        : Endpoint is { } endpoint ? Try(EndpointKey, () => TableAccount.AddressOf(endpoint))
        : IsStated("Tables")
            ? Refuse(
                $"{ConnectionStringKey} is missing; allowed is a connection string, such as "
                    + $"UseDevelopmentStorage=true for Azurite, or {EndpointKey} instead, which {ProviderKey} Tables "
                    + $"needs."
            )
        : [];

    private bool IsStated(string provider) => provider.Equals(Stated, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<ValidationResult> Unused()
    {
        if (ConnectionString is not null)
            yield return new(Unused(ConnectionStringKey));
        if (Endpoint is not null)
            yield return new(Unused(EndpointKey));
    }

    private static string Unused(string key) =>
        $"{key} is set; it must be left out, since it belongs to Azure Tables and {ProviderKey} is Sqlite; "
        + $"or set {ProviderKey} to Tables.";

    private static ValidationResult[] Refuse(string line) => [new(line)];

    private static ValidationResult[] Try(string key, Func<object> read)
    {
        try
        {
            read();
            return [];
        }
        catch (FormatException wrong)
        {
            return Refuse($"{key}: {wrong.Message}.");
        }
    }
}

/// <summary>Where the host in Azure has its tables.</summary>
internal sealed class AzureStorageOptions : StorageOptions
{
    [WordSetting(ProviderKey, "Tables")]
    public string? Provider { get; set; }

    protected override string Stated => "Tables";
}

[OptionsValidator]
internal sealed partial class AzureStorageOptionsValidator : IValidateOptions<AzureStorageOptions>;
