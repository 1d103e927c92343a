using Azure.Core;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Settings;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.AzureTables;
using Microsoft.Extensions.Configuration;

namespace IntacctSync.Core;

/// <summary>The settings of the host in Azure, all checked before anything is started.</summary>
/// <remarks>No record: the text of one would show the keys among its values.</remarks>
internal sealed class AzureSettings
{
    /// <summary>The account of the tables; null only if a setting is wrong.</summary>
    public TableAccount? Tables { get; init; }

    /// <summary>The vault of the secrets; null only if a setting is wrong.</summary>
    public Uri? Vault { get; init; }

    /// <summary>
    /// Host name of the queue's namespace; null where it is entered by <see cref="QueueConnection"/>.
    /// </summary>
    public string? QueueNamespace { get; init; }

    public string? QueueConnection { get; init; }

    /// <summary>Null where operations are not served.</summary>
    public string? AdminApiKey { get; init; }

    /// <summary>Null where no telemetry is exported.</summary>
    public string? TelemetryConnection { get; init; }

    /// <summary>Reads the keys, and says of each that is wrong what was found and what is allowed.</summary>
    public static AzureSettings Read(
        IConfiguration configuration,
        Func<TokenCredential> identity,
        ICollection<string> errors
    )
    {
        using var read = SettingsRegistration.Read(
            configuration,
            s =>
            {
                s.AddSettings<AzureStorageOptions, AzureStorageOptionsValidator>();
                s.AddSettings<AzureSecretsOptions, AzureSecretsOptionsValidator>();
                s.AddSettings<ServiceBusOptions, ServiceBusOptionsValidator>();
                s.AddSettings<AzureHostOptions, AzureHostOptionsValidator>();
                s.AddIntacctSync();
            }
        );
        foreach (
            var line in read
                .Problems.Concat(ConfigurationKeys.Slips(configuration, ConfigurationKeys.OfAzure))
                .Concat(ConfigurationKeys.FlatSlips(configuration))
        )
            errors.Add(line);
        if (read.Problems.Count > 0)
            return new AzureSettings();
        var (queue, host) = (read.Get<ServiceBusOptions>(), read.Get<AzureHostOptions>());
        return new AzureSettings
        {
            Tables = read.Get<AzureStorageOptions>().Account(identity),
            Vault = read.Get<AzureSecretsOptions>().Vault,
            QueueNamespace = queue.Namespace,
            QueueConnection = queue.Connection,
            AdminApiKey = host.AdminApiKey,
            TelemetryConnection = host.TelemetryConnection,
        };
    }
}
