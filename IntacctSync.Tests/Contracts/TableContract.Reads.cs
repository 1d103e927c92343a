using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Contracts;

public abstract partial class TableContract
{
    private static readonly string[] Keys =
    [
        "A",
        "B|x",
        "Z",
        "a",
        "a|",
        "a|b",
        "a|b~0041",
        "a~0020b",
        "b",
        "b1",
        "b10",
        "b2",
        "~00E9",
    ];

    [Fact]
    public async Task Rows_come_in_ordinal_order_of_their_keys()
    {
        foreach (var key in Keys.Reverse())
            await InsertAsync(key);
        Assert.Equal(Keys.Order(StringComparer.Ordinal), await KeysAsync(new TableRange(Partition)));
    }

    [Fact]
    public async Task A_range_has_its_first_key_and_not_its_last()
    {
        foreach (var key in Keys)
            await InsertAsync(key);
        Assert.Equal(["a", "a|", "a|b", "a|b~0041", "a~0020b"], await KeysAsync(new TableRange(Partition, "a", "b")));
        Assert.Equal(["b2", "~00E9"], await KeysAsync(new TableRange(Partition, "b2")));
        Assert.Equal(["A"], await KeysAsync(new TableRange(Partition, Before: "B")));
        Assert.Empty(await KeysAsync(new TableRange(Partition, "c", "d")));
        Assert.Empty(await KeysAsync(new TableRange("empty")));
    }

    [Fact]
    public async Task A_prefix_has_the_keys_that_begin_with_it()
    {
        foreach (var key in Keys)
            await InsertAsync(key);
        foreach (var prefix in new[] { "a", "a|", "a|b", "b1", "~", "Z", "nothing" })
        {
            var expected = Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal);
            Assert.Equal(expected, await KeysAsync(TableRange.Prefix(Partition, prefix)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(13)]
    public async Task Pages_go_on_where_the_one_before_ended(int pageSize)
    {
        foreach (var key in Keys)
            await InsertAsync(key);
        Assert.Equal(Keys.Order(StringComparer.Ordinal), await KeysAsync(new TableRange(Partition), pageSize));
    }

    [Fact]
    public async Task A_continuation_goes_on_behind_a_row_that_was_deleted_and_before_one_that_was_added()
    {
        foreach (var key in new[] { "a", "b", "c", "e" })
            await InsertAsync(key);
        var page = await Table.QueryAsync(new TableRange(Partition), null, 2, CancellationToken.None);
        await Table.WriteAsync(TableWrite.DeleteIfThere(Partition, "c"), CancellationToken.None);
        await InsertAsync("d");
        Assert.Equal(["a", "b"], page.Rows.Select(row => row.RowKey));
        var rest = await Table.QueryAsync(new TableRange(Partition), page.Continuation, 10, CancellationToken.None);
        Assert.Equal(["d", "e"], rest.Rows.Select(row => row.RowKey));
    }

    [Fact]
    public async Task A_continuation_says_nothing_of_the_keys_and_nothing_else_passes_for_one()
    {
        await InsertAsync("someone");
        await InsertAsync("someone-else");
        var page = await Table.QueryAsync(new TableRange(Partition), null, 1, CancellationToken.None);
        Assert.DoesNotContain("someone", page.Continuation, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Table.QueryAsync(new TableRange(Partition), "no such", 1, CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_page_has_at_least_one_row()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            Table.QueryAsync(new TableRange(Partition), null, 0, CancellationToken.None)
        );
    }

    [Fact]
    public async Task More_than_a_thousand_rows_are_read_to_their_end()
    {
        string[] keys = [.. Enumerable.Range(0, 1100).Select(i => $"r{i:D4}")];
        foreach (var chunk in keys.Chunk(TableLimits.BatchRows))
            await Table.WriteBatchAsync([.. chunk.Select(key => TableWrite.Insert(Row(key)))], CancellationToken.None);
        Assert.Equal(keys, await KeysAsync(new TableRange(Partition), pageSize: 5000));
    }

    [Fact]
    public async Task Many_rows_are_read_at_once_and_those_that_are_not_there_are_left_out()
    {
        string[] keys = [.. Enumerable.Range(0, 250).Select(i => $"r{i:D4}")];
        foreach (var chunk in keys.Chunk(TableLimits.BatchRows))
            await Table.WriteBatchAsync(
                [.. chunk.Select(key => TableWrite.Insert(Row(key, key)))],
                CancellationToken.None
            );
        var rows = await Table.GetManyAsync(Partition, [.. keys, "missing", "'quoted'\""], CancellationToken.None);
        Assert.Equal(keys, rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(rows, pair => Assert.Equal((pair.Key, pair.Key), (pair.Value.RowKey, pair.Value.Text("Text"))));
        Assert.Equal((await GetAsync("r0007"))!.ETag, rows["r0007"].ETag);
        Assert.Empty(await Table.GetManyAsync(Partition, [], CancellationToken.None));
    }

    [Fact]
    public async Task Partitions_know_nothing_of_each_other()
    {
        await InsertAsync("a", "mine");
        await Table.WriteAsync(TableWrite.Insert(Row("a", "theirs", "other")), CancellationToken.None);
        Assert.Equal("mine", (await GetAsync("a"))!.Text("Text"));
        Assert.Equal("theirs", (await Table.GetAsync("other", "a", CancellationToken.None))!.Text("Text"));
        Assert.Single(await AllAsync(new TableRange("other")));
        Assert.Empty(await Table.GetManyAsync("demo", ["a"], CancellationToken.None));
    }

    [Fact]
    public async Task Reads_that_run_beside_writes_see_whole_batches()
    {
        var stop = false;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
                await Table.WriteBatchAsync(
                    [TableWrite.Upsert(Row("a", $"{i}")), TableWrite.Upsert(Row("b", $"{i}"))],
                    CancellationToken.None
                );
            Volatile.Write(ref stop, true);
        });
        while (!Volatile.Read(ref stop))
        {
            var page = await Table.QueryAsync(new TableRange(Partition), null, 10, CancellationToken.None);
            Assert.True(page.Rows.Count is 0 or 2);
            Assert.Single(
                page.Rows.Select(row => row.Text("Text")).DefaultIfEmpty("").Distinct(StringComparer.Ordinal)
            );
        }

        await writing;
    }
}
