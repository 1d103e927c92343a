using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Contracts;

public abstract partial class TableContract
{
    [Fact]
    public async Task A_batch_carries_out_every_kind_of_write_and_answers_with_their_ETags_in_order()
    {
        var replaced = await InsertAsync("replaced");
        var deleted = await InsertAsync("deleted");
        await InsertAsync("removed");
        var etags = await Table.WriteBatchAsync(
            [
                TableWrite.Insert(Row("inserted", "new")),
                TableWrite.Replace(Row("replaced", "new"), replaced),
                TableWrite.Upsert(Row("upserted", "new")),
                TableWrite.Delete(Partition, "deleted", deleted),
                TableWrite.DeleteIfThere(Partition, "removed"),
            ],
            CancellationToken.None
        );
        var rows = await AllAsync(new TableRange(Partition));
        Assert.Equal(["inserted", "replaced", "upserted"], rows.Select(row => row.RowKey));
        Assert.All(rows, row => Assert.Equal("new", row.Text("Text")));
        Assert.Equal([.. rows.Select(row => row.ETag), "", ""], etags);
    }

    [Fact]
    public async Task A_batch_with_a_row_that_refuses_changes_nothing_and_names_the_row()
    {
        await InsertAsync("b", "old");
        var refused = await Assert.ThrowsAsync<TableConflictException>(() =>
            Table.WriteBatchAsync(
                [
                    TableWrite.Upsert(Row("a")),
                    TableWrite.Upsert(Row("c")),
                    TableWrite.Insert(Row("b", "new")),
                    TableWrite.Upsert(Row("d")),
                ],
                CancellationToken.None
            )
        );
        Assert.Equal((2, "b"), (refused.Index, refused.RowKey));
        var row = Assert.Single(await AllAsync(new TableRange(Partition)));
        Assert.Equal("old", row.Text("Text"));
    }

    [Fact]
    public async Task A_batch_with_a_stale_ETag_changes_nothing_and_names_the_row()
    {
        var stale = await InsertAsync("b", "old");
        await Table.WriteAsync(TableWrite.Replace(Row("b", "newer"), stale), CancellationToken.None);
        foreach (
            var write in new[] { TableWrite.Replace(Row("b", "mine"), stale), TableWrite.Delete(Partition, "b", stale) }
        )
        {
            var refused = await Assert.ThrowsAsync<TableConflictException>(() =>
                Table.WriteBatchAsync([TableWrite.Insert(Row("a")), write], CancellationToken.None)
            );
            Assert.Equal((1, "b"), (refused.Index, refused.RowKey));
        }

        Assert.Null(await GetAsync("a"));
        Assert.Equal("newer", (await GetAsync("b"))!.Text("Text"));
    }

    [Fact]
    public async Task A_refused_batch_refuses_none_of_those_written_at_the_same_time()
    {
        await InsertAsync("taken");
        var refused = Enumerable
            .Range(0, 10)
            .Select(i =>
                Table.WriteBatchAsync(
                    [TableWrite.Insert(Row($"lost{i}")), TableWrite.Insert(Row("taken"))],
                    CancellationToken.None
                )
            )
            .ToArray();
        var kept = Enumerable
            .Range(0, 10)
            .Select(i =>
                Table.WriteBatchAsync(
                    [TableWrite.Insert(Row($"kept{i}")), TableWrite.Insert(Row($"more{i}"))],
                    CancellationToken.None
                )
            )
            .ToArray();
        await Task.WhenAll(kept);
        foreach (var batch in refused)
            await Assert.ThrowsAsync<TableConflictException>(() => batch);
        Assert.Equal(21, (await KeysAsync(new TableRange(Partition))).Length);
    }

    [Fact]
    public async Task A_batch_holds_a_hundred_rows_and_no_more()
    {
        await Table.WriteBatchAsync([.. Rows(TableLimits.BatchRows)], CancellationToken.None);
        Assert.Equal(100, (await KeysAsync(new TableRange(Partition))).Length);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            Table.WriteBatchAsync([.. Rows(TableLimits.BatchRows + 1)], CancellationToken.None)
        );
        Assert.Contains("101", refused.Message, StringComparison.Ordinal);
        Assert.Contains("100", refused.Message, StringComparison.Ordinal);

        static IEnumerable<TableWrite> Rows(int count) =>
            Enumerable.Range(0, count).Select(i => TableWrite.Upsert(Row($"r{i:D3}")));
    }

    [Fact]
    public async Task A_batch_of_more_than_4_MiB_is_refused()
    {
        TableWrite[] writes =
        [
            .. Enumerable
                .Range(0, 70)
                .Select(i => TableWrite.Insert(RowWith($"r{i}", ("Blob", new byte[TableLimits.BlobBytes])))),
        ];
        var refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            Table.WriteBatchAsync(writes, CancellationToken.None)
        );
        Assert.Contains("4194304", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_of_two_partitions_or_with_a_row_twice_is_refused()
    {
        var partitions = await Assert.ThrowsAsync<ArgumentException>(() =>
            Table.WriteBatchAsync(
                [TableWrite.Insert(Row("a")), TableWrite.Insert(Row("b", partition: "other"))],
                CancellationToken.None
            )
        );
        Assert.Contains("other", partitions.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Table.WriteBatchAsync([TableWrite.Insert(Row("a")), TableWrite.Upsert(Row("a"))], CancellationToken.None)
        );
        Assert.Empty(await KeysAsync(new TableRange(Partition)));
    }

    [Fact]
    public async Task A_batch_of_nothing_does_nothing() =>
        Assert.Empty(await Table.WriteBatchAsync([], CancellationToken.None));
}
