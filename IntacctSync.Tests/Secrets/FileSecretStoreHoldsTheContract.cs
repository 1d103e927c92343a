using IntacctSync.Core.Secrets;
using IntacctSync.Tests.Contracts;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Secrets;

public sealed class FileSecretStoreHoldsTheContract : SecretStoreContract
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<FileSecretStore> _opened = [];

    public override Task DisposeAsync()
    {
        _opened.ForEach(store => store.Dispose());
        _folder.Dispose();
        return Task.CompletedTask;
    }

    protected override Task<ISecretStore> OpenAsync()
    {
        var store = new FileSecretStore(_folder.File("secrets"), TimeProvider.System);
        _opened.Add(store);
        return Task.FromResult<ISecretStore>(store);
    }
}
