using IntacctSync.Core.Storage;
using IntacctSync.Tests.Contracts;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.KeyMap;

public sealed class SqliteKeepsLargeIntents : LargeIntentContract
{
    private readonly StoreStand _stand = new();

    public override async Task DisposeAsync() => await _stand.DisposeAsync();

    protected override Task<ITable> OpenAsync() => Task.FromResult(_stand.Table);
}
