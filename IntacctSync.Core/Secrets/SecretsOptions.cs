using System.ComponentModel.DataAnnotations;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Secrets;

/// <summary>Where the secrets are. If the address of a vault is set, they are there.</summary>
internal abstract class SecretsOptions : IValidatableObject
{
    public const string ProviderKey = "Secrets:Provider";
    public const string VaultKey = "Secrets:VaultUri";

    [Setting(VaultKey, "an https address such as https://NAME.vault.azure.net")]
    public string? VaultUri { get; set; }

    /// <summary>The vault; null where the secrets are in a folder of this machine.</summary>
    public Uri? Vault =>
        Uri.TryCreate(VaultUri, UriKind.Absolute, out var vault) && vault is { Scheme: "https", PathAndQuery: "/" }
            ? vault
            : null;

    /// <summary>The provider that is named, or the only one of the host.</summary>
    protected abstract string? Stated { get; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsStated("File") && VaultUri is not null)
            yield return new(
                $"{VaultKey} is set; it must be left out, since it belongs to Key Vault and {ProviderKey} is File; "
                    + $"or set {ProviderKey} to KeyVault."
            );
        else if (IsStated("KeyVault") && VaultUri is null)
            yield return new(
                $"{VaultKey} is missing; allowed is an address such as https://NAME.vault.azure.net, which "
                    + $"{ProviderKey} KeyVault needs."
            );
        else if (VaultUri is not null && Vault is null)
            yield return new(
                $"{VaultKey} is '{VaultUri}'; allowed is an https address such as https://NAME.vault.azure.net."
            );
    }

    private bool IsStated(string provider) => provider.Equals(Stated, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Where the host in Azure has its secrets.</summary>
internal sealed class AzureSecretsOptions : SecretsOptions
{
    [WordSetting(ProviderKey, "KeyVault")]
    public string? Provider { get; set; }

    protected override string Stated => "KeyVault";
}

[OptionsValidator]
internal sealed partial class AzureSecretsOptionsValidator : IValidateOptions<AzureSecretsOptions>;
