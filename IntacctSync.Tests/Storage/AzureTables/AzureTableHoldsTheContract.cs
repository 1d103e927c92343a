using IntacctSync.Core.Storage;
using IntacctSync.Tests.Contracts;
using IntacctSync.Tests.Support.Azurite;

namespace IntacctSync.Tests.Storage.AzureTables;

[Collection(AzuriteTests.Name)]
public sealed class AzureTableHoldsTheContract(AzuriteFixture fixture) : TableContract
{
    protected override Task<ITable> OpenAsync() => Task.FromResult<ITable>(fixture.Azurite.Table());
}
