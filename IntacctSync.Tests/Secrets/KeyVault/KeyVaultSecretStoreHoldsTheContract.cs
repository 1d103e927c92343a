using IntacctSync.Core.Secrets;
using IntacctSync.Tests.Contracts;

namespace IntacctSync.Tests.Secrets.KeyVault;

public sealed class KeyVaultSecretStoreHoldsTheContract : SecretStoreContract
{
    private ScriptedVault? _vault;

    public override async Task DisposeAsync() => await _vault!.DisposeAsync();

    protected override async Task<ISecretStore> OpenAsync() => (_vault ??= await ScriptedVault.StartAsync()).Open();
}
