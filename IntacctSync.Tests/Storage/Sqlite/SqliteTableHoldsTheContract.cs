using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Tests.Contracts;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Storage.Sqlite;

public sealed class SqliteTableHoldsTheContract : TableContract
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<ITable> OpenAsync() => Task.FromResult<ITable>(new SqliteTable(_folder.File("tables.db")));

    public override async Task DisposeAsync()
    {
        await ((SqliteTable)Table).DisposeAsync();
        _folder.Dispose();
    }
}
