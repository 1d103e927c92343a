using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.Sqlite;

namespace IntacctSync.Tests.Support;

/// <summary>A store of its own for a test, over the SQLite table in a temporary folder.</summary>
public sealed class StoreStand : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteTable _table;

    public StoreStand() => _table = new SqliteTable(_folder.File("tables.db"));

    public ITable Table => _table;

    public TestClock Clock { get; } = new();

    public CountingIds Ids { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _table.DisposeAsync();
        _folder.Dispose();
    }
}
