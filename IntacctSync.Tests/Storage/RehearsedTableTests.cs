using IntacctSync.Core.Storage;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Storage;

/// <summary>What a rehearsal writes is in its copy, and in nothing else.</summary>
public sealed class RehearsedTableTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();
    private RehearsedTable _copy = null!;

    public async Task InitializeAsync()
    {
        foreach (var key in new[] { "a", "c", "e", "g" })
            await _stand.Table.WriteAsync(TableWrite.Insert(Row(key, 1)), CancellationToken.None);
        _copy = new RehearsedTable(_stand.Table);
    }

    public async Task DisposeAsync()
    {
        _copy.Dispose();
        await _stand.DisposeAsync();
    }

    [Fact]
    public async Task The_copy_shows_what_was_written_to_it_and_the_table_what_it_had()
    {
        var read = (await _copy.GetAsync("p", "c", CancellationToken.None))!;
        await _copy.WriteBatchAsync(
            [
                TableWrite.Insert(Row("b", 2)),
                TableWrite.Replace(Row("c", 2), read.ETag),
                TableWrite.DeleteIfThere("p", "e"),
                TableWrite.Upsert(Row("z", 2)),
            ],
            CancellationToken.None
        );
        Assert.Equal("a1 b2 c2 g1 z2", await ShownAsync(_copy, 100));
        Assert.Equal("a1 b2 c2 g1 z2", await ShownAsync(_copy, 1));
        Assert.Equal("a1 b2 c2 g1 z2", await ShownAsync(_copy, 3));
        Assert.Equal("a1 c1 e1 g1", await ShownAsync(_stand.Table, 100));
        Assert.Null(await _copy.GetAsync("p", "e", CancellationToken.None));
        var many = await _copy.GetManyAsync("p", ["a", "b", "e"], CancellationToken.None);
        Assert.Equal(["a", "b"], many.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_refuses_what_a_table_refuses()
    {
        await AssertRefusedAsync(TableWrite.Insert(Row("a", 2)));
        await AssertRefusedAsync(TableWrite.Replace(Row("b", 2), "x"));
        await AssertRefusedAsync(TableWrite.Replace(Row("a", 2), "x"));
        var etag = await _copy.WriteAsync(TableWrite.Insert(Row("b", 2)), CancellationToken.None);
        await AssertRefusedAsync(TableWrite.Insert(Row("b", 3)));
        await _copy.WriteAsync(TableWrite.Replace(Row("b", 3), etag), CancellationToken.None);
        await AssertRefusedAsync(TableWrite.Replace(Row("b", 4), etag));
    }

    private async Task AssertRefusedAsync(TableWrite write) =>
        await Assert.ThrowsAsync<TableConflictException>(() => _copy.WriteAsync(write, CancellationToken.None));

    private static async Task<string> ShownAsync(ITable table, int pageSize)
    {
        var rows = new List<string>();
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(new TableRange("p"), continuation, pageSize, CancellationToken.None);
            rows.AddRange(page.Rows.Select(r => $"{r.RowKey}{r.Integer("N")}"));
            continuation = page.Continuation;
        } while (continuation is not null);
        return string.Join(' ', rows);
    }

    private static TableRow Row(string key, int n) =>
        new("p", key, new Dictionary<string, object?>(StringComparer.Ordinal) { ["N"] = n });
}
