using IntacctSync.Core.Settings;
using IntacctSync.Core.Storage;
using Microsoft.Extensions.Options;

namespace IntacctSync.Local.Settings;

/// <summary>Where this host has its tables.</summary>
internal sealed class LocalStorageOptions : StorageOptions
{
    public const string PathKey = "Storage:Path";
    public const string DefaultPath = ".data/intacctsync.db";

    [WordSetting(ProviderKey, "Sqlite", "Tables")]
    public string? Provider { get; set; }

    /// <summary>The file of the tables. That of the queue lies beside it.</summary>
    [PlaceSetting(PathKey)]
    public string Path { get; set; } = DefaultPath;

    protected override string? Stated => Provider;
}

[OptionsValidator]
internal sealed partial class LocalStorageOptionsValidator : IValidateOptions<LocalStorageOptions>;
