using IntacctSync.Core.Settings;

namespace IntacctSync.Core.Secrets;

/// <summary>Reads where the secrets are. If the address of a vault is set, they are there.</summary>
internal static class VaultSettings
{
    public const string ProviderKey = "Secrets:Provider";
    public const string VaultKey = "Secrets:VaultUri";

    /// <param name="reader">The settings.</param>
    /// <param name="providers">Where this host can keep secrets. If there is only one place, the key need not be
    /// set.</param>
    /// <returns>Null for the folder of this machine, and if a setting is wrong (the reader then has a line for
    /// it).</returns>
    public static Uri? Read(KeyReader reader, IReadOnlyList<string> providers)
    {
        var stated = reader.Word(ProviderKey, providers) ?? (providers is [var only] ? only : null);
        if (stated == "File")
        {
            reader.Unused(
                VaultKey,
                $"it belongs to Key Vault and {ProviderKey} is File; or set {ProviderKey} to KeyVault"
            );
            return null;
        }

        if (reader.Text(VaultKey) is not { } text)
        {
            if (stated == "KeyVault")
                reader.Refuse(
                    $"{VaultKey} is missing; allowed is an address such as https://NAME.vault.azure.net, which "
                        + $"{ProviderKey} KeyVault needs."
                );
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var vault) && vault is { Scheme: "https", PathAndQuery: "/" })
            return vault;
        reader.Refuse($"{VaultKey} is '{text}'; allowed is an https address such as https://NAME.vault.azure.net.");
        return null;
    }
}
