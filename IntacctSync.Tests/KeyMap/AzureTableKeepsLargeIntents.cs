using IntacctSync.Core.Storage;
using IntacctSync.Tests.Contracts;
using IntacctSync.Tests.Support.Azurite;

namespace IntacctSync.Tests.KeyMap;

[Collection(AzuriteTests.Name)]
public sealed class AzureTableKeepsLargeIntents(AzuriteFixture fixture) : LargeIntentContract
{
    protected override Task<ITable> OpenAsync() => Task.FromResult<ITable>(fixture.Azurite.Table());
}
