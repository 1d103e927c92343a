using IntacctSync.Core;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Settings;
using IntacctSync.Core.Storage.AzureTables;

namespace IntacctSync.Local.Settings;

/// <summary>The settings of this host, all checked before anything is started.</summary>
internal sealed record LocalSettings
{
    /// <summary>The name of the file with the key of the operations.</summary>
    public const string AdminKeyFile = "admin-key";

    /// <summary>Keys and sections of which one is set where a real installation is.</summary>
    private static readonly string[] Installation =
    [
        IntacctOptions.EndpointKey,
        AdminKey.Setting,
        "Storage",
        "Secrets",
    ];

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

    /// <summary>The folder of the log's files, beside the tables where none is named.</summary>
    public required string LogPath { get; init; }

    /// <summary>For how many days they are kept; 0 where none are written.</summary>
    public int LogDays { get; init; }

    /// <summary>Whether any key of a real installation is set. Then the sandbox is not the default.</summary>
    public bool NamesAnInstallation { get; init; }

    /// <summary>Whether telemetry is exported.</summary>
    public bool NamesCollector { get; init; }

    /// <exception cref="WrongSettingsException">At least one key is wrong or missing.</exception>
    public static LocalSettings Read(IConfiguration configuration)
    {
        using var read = SettingsRegistration.Read(
            configuration,
            s =>
            {
                s.AddSettings<LocalStorageOptions, LocalStorageOptionsValidator>();
                s.AddSettings<LocalSecretsOptions, LocalSecretsOptionsValidator>();
                s.AddSettings<LocalHostOptions, LocalHostOptionsValidator>();
                s.AddSettings<LocalLogOptions, LocalLogOptionsValidator>();
                s.AddIntacctSync();
            }
        );
        var errors = read.Problems.Concat(ConfigurationKeys.Slips(configuration, ConfigurationKeys.OfLocal)).ToList();
        if (errors.Count > 0)
            throw new WrongSettingsException(errors);
        var (storage, secrets) = (read.Get<LocalStorageOptions>(), read.Get<LocalSecretsOptions>());
        var (host, log) = (read.Get<LocalHostOptions>(), read.Get<LocalLogOptions>());
        return new LocalSettings
        {
            Sandbox = host.Sandbox is { } mode ? Enum.Parse<SandboxMode>(mode, ignoreCase: true) : null,
            Tables = storage.Account(() => AzureIdentity.Credential),
            Vault = secrets.Vault,
            StoragePath = storage.Path,
            SecretsPath = secrets.Path,
            AdminApiKey = host.AdminApiKey,
            LogPath =
                log.Path ?? Path.Combine(Path.GetDirectoryName(storage.Path) ?? "", LocalLogOptions.DefaultFolder),
            LogDays = log.Days,
            NamesCollector = host.Collector is not null,
            NamesAnInstallation = Installation.Any(key => AnyUnder(configuration, key)),
        };
    }

    private static bool AnyUnder(IConfiguration configuration, string key) =>
        configuration.GetSection(key).AsEnumerable().Any(pair => pair.Value is { Length: > 0 });
}
