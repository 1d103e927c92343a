using IntacctSync.Core;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Settings;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.AzureTables;

namespace IntacctSync.Local.Settings;

/// <summary>The settings of this host, all checked before anything is started.</summary>
internal sealed record LocalSettings
{
    public const string SandboxKey = "Sandbox";
    public const string StoragePathKey = "Storage:Path";
    public const string SecretsPathKey = "Secrets:Path";
    public const string DefaultStoragePath = ".data/intacctsync.db";

    /// <summary>The name of the file with the key of the operations.</summary>
    public const string AdminKeyFile = "admin-key";

    public const string CollectorKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Null if it is not set. Then it depends on whether a connection is stored.</summary>
    public SandboxMode? Sandbox { get; init; }

    /// <summary>The account of the tables; null where they are in the file of <see cref="StoragePath"/>.</summary>
    public TableAccount? Tables { get; init; }

    /// <summary>The vault of the secrets; null where they are in the folder of <see cref="SecretsPath"/>.</summary>
    public Uri? Vault { get; init; }

    /// <summary>The file of the tables. The queue is beside it wherever the tables are.</summary>
    public required string StoragePath { get; init; }

    /// <summary>The file of the queue, beside that of the tables.</summary>
    public string QueuePath =>
        Path.Combine(
            Path.GetDirectoryName(StoragePath) ?? "",
            $"{Path.GetFileNameWithoutExtension(StoragePath)}-queue{Path.GetExtension(StoragePath)}"
        );

    public required string SecretsPath { get; init; }

    /// <summary>Null where it is the one that is kept in <see cref="AdminKeyPath"/>.</summary>
    public string? AdminApiKey { get; init; }

    /// <summary>Where the key of the operations is kept that this host makes, beside the tables.</summary>
    public string AdminKeyPath => Path.Combine(Path.GetDirectoryName(StoragePath) ?? "", AdminKeyFile);

    /// <summary>Whether any key of a real installation is set. Then the sandbox is not the default.</summary>
    public bool NamesAnInstallation { get; init; }

    /// <summary>Whether telemetry is exported.</summary>
    public bool NamesCollector { get; init; }

    /// <exception cref="WrongSettingsException">At least one key is wrong or missing.</exception>
    public static LocalSettings Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var reader = new KeyReader(configuration, errors);
        var sandbox = reader.Word(SandboxKey, ["on", "once", "off"]);
        var settings = new LocalSettings
        {
            Sandbox = sandbox is null ? null : Enum.Parse<SandboxMode>(sandbox, ignoreCase: true),
            Tables = TableSettings.Read(reader, ["Sqlite", "Tables"], () => AzureIdentity.Credential),
            Vault = VaultSettings.Read(reader, ["File", "KeyVault"]),
            StoragePath = reader.Place(StoragePathKey, DefaultStoragePath),
            SecretsPath = reader.Place(SecretsPathKey, ".data/secrets"),
            AdminApiKey = reader.Text(AdminKey.Setting)?.Trim(),
            NamesCollector = reader.Text(CollectorKey) is not null,
            NamesAnInstallation =
                reader.Text(IntacctOptions.EndpointKey) is not null
                || reader.Text(AdminKey.Setting) is not null
                || reader.Any("Storage")
                || reader.Any("Secrets"),
        };
        if (settings.AdminApiKey is { } key && AdminKey.Objection(key) is { } objection)
            errors.Add($"{AdminKey.Setting} {objection}, or to leave it out: then this host makes one.");
        if (
            reader.Text(CollectorKey) is { } collector
            && (
                !Uri.TryCreate(collector, UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https")
            )
        )
            errors.Add(
                $"{CollectorKey} is '{collector}'; allowed is the http or https address of an OpenTelemetry "
                    + $"collector, such as http://127.0.0.1:4317."
            );
        errors.AddRange(SettingsRegistration.Problems(configuration, s => s.AddIntacctSyncSettings()));
        errors.AddRange(ConfigurationKeys.Slips(configuration, ConfigurationKeys.OfLocal));
        return errors.Count == 0 ? settings : throw new WrongSettingsException(errors);
    }
}
