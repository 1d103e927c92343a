using IntacctSync.Core.Secrets;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;

namespace IntacctSync.Local.Settings;

/// <summary>Where this host has its secrets.</summary>
internal sealed class LocalSecretsOptions : SecretsOptions
{
    public const string PathKey = "Secrets:Path";

    [WordSetting(ProviderKey, "File", "KeyVault")]
    public string? Provider { get; set; }

    [PlaceSetting(PathKey)]
    public string Path { get; set; } = ".data/secrets";

    protected override string? Stated => Provider;
}

[OptionsValidator]
internal sealed partial class LocalSecretsOptionsValidator : IValidateOptions<LocalSecretsOptions>;
