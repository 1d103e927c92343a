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
    /// <summary>
    /// Where telemetry goes; read by the Functions host as well, which is why it is not named like the others.
    /// </summary>
    public const string TelemetryKey = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>The beginning of a setting that refers to a secret which the platform could not read.</summary>
    private const string Unresolved = "@Microsoft.KeyVault(";

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
        var reader = new KeyReader(configuration, errors);
        var (queueNamespace, queueConnection) = QueueSettings.Read(reader);
        var settings = new AzureSettings
        {
            Tables = TableSettings.Read(reader, ["Tables"], identity),
            Vault = VaultSettings.Read(reader, ["KeyVault"]),
            QueueNamespace = queueNamespace,
            QueueConnection = queueConnection,
            AdminApiKey = reader.Text(AdminKey.Setting)?.Trim(),
            TelemetryConnection = reader.Text(TelemetryKey),
        };
        CheckAdminKey(settings.AdminApiKey, reader);
        if (
            settings.TelemetryConnection is { } telemetry
            && !telemetry.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase)
        )
            reader.Refuse(
                $"{TelemetryKey} is no connection string; allowed is one that begins with InstrumentationKey=, "
                    + $"or to leave it out."
            );
        foreach (var line in SettingsRegistration.Problems(configuration, s => s.AddIntacctSyncSettings()))
            reader.Refuse(line);
        foreach (
            var slip in ConfigurationKeys
                .Slips(configuration, ConfigurationKeys.OfAzure)
                .Concat(ConfigurationKeys.FlatSlips(configuration))
        )
            reader.Refuse(slip);
        return settings;
    }

    private static void CheckAdminKey(string? key, KeyReader reader)
    {
        if (key is null)
            return;
        if (key.StartsWith(Unresolved, StringComparison.OrdinalIgnoreCase))
            reader.Refuse(
                $"{AdminKey.Setting} is a reference to a secret that the platform could not read; allowed is one to a "
                    + $"secret that exists and that the app's identity may read. Mend it, then restart the app."
            );
        else if (AdminKey.Objection(key) is { } objection)
            reader.Refuse(
                $"{AdminKey.Setting} {objection}, or to leave it out: then the operations API is not served."
            );
    }
}
