using IntacctSync.Core;

namespace IntacctSync.Local.Settings;

/// <summary>What this host was told, checked as a whole before anything is started.</summary>
internal sealed record LocalSettings
{
    public const string SandboxKey = "Sandbox";
    public const string StoragePathKey = "Storage:Path";
    public const string SecretsPathKey = "Secrets:Path";
    public const string AdminKey = "Admin:ApiKey";
    public const string IntacctEndpointKey = "Intacct:Endpoint";

    public required IntacctSyncOptions Pipeline { get; init; }

    /// <summary>Null where it is not said: then it depends on what is stored.</summary>
    public SandboxMode? Sandbox { get; init; }

    /// <summary>The file of the tables.</summary>
    public required string StoragePath { get; init; }

    /// <summary>The file of the queue, beside that of the tables.</summary>
    public string QueuePath =>
        Path.Combine(Path.GetDirectoryName(StoragePath) ?? "", $"{Path.GetFileNameWithoutExtension(StoragePath)}-queue{Path.GetExtension(StoragePath)}");

    public required string SecretsPath { get; init; }

    /// <summary>Null where operations are served to loopback only.</summary>
    public string? AdminApiKey { get; init; }

    public bool NamesIntacct { get; init; }

    /// <exception cref="WrongSettingsException">At least one key is wrong or missing.</exception>
    public static LocalSettings Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var reader = new SettingReader(configuration, errors);
        var sandbox = reader.Word(SandboxKey, ["on", "once", "off"]);
        reader.Only("Storage:Provider", "Sqlite", "Tables", "data");
        reader.Unused("Storage:ConnectionString", "it belongs to Azure Tables and this host stores in the SQLite file Storage:Path");
        reader.Unused("Storage:Endpoint", "it belongs to Azure Tables and this host stores in the SQLite file Storage:Path");
        reader.Only("Secrets:Provider", "File", "KeyVault", "secrets");
        reader.Unused("Secrets:VaultUri", "it belongs to Key Vault and this host keeps secrets in the folder Secrets:Path");
        var settings = new LocalSettings
        {
            Pipeline = IntacctSyncOptions.Read(configuration, errors),
            Sandbox = sandbox is null ? null : Enum.Parse<SandboxMode>(sandbox, ignoreCase: true),
            StoragePath = reader.Place(StoragePathKey, ".data/intacctsync.db"),
            SecretsPath = reader.Place(SecretsPathKey, ".data/secrets"),
            AdminApiKey = reader.Text(AdminKey),
            NamesIntacct = reader.Text(IntacctEndpointKey) is not null,
        };
        if (settings.AdminApiKey is { } key && string.IsNullOrWhiteSpace(key))
            errors.Add($"{AdminKey} is blank; allowed is a text that nobody guesses, or to leave it out and call from this machine only.");
        RemoteSettings.Check(configuration, reader);
        errors.AddRange(KnownKeys.Slips(configuration));
        return errors.Count == 0 ? settings : throw new WrongSettingsException(errors);
    }
}
