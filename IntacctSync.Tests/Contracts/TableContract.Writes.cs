using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Contracts;

public abstract partial class TableContract
{
    [Fact]
    public async Task A_row_that_is_not_there_is_null() => Assert.Null(await GetAsync("a"));

    [Fact]
    public async Task A_reader_sees_a_write_that_completed_with_the_ETag_that_it_was_given()
    {
        var etag = await InsertAsync("a", "one");
        var row = await GetAsync("a");
        Assert.Equal("one", row!.Text("Text"));
        Assert.Equal(etag, row.ETag);
        Assert.Equal((Partition, "a"), (row.PartitionKey, row.RowKey));
    }

    [Fact]
    public async Task An_insert_refuses_a_row_that_exists_and_leaves_it_as_it_is()
    {
        await InsertAsync("a", "one");
        var refused = await Assert.ThrowsAsync<TableConflictException>(() => InsertAsync("a", "two"));
        Assert.Equal((0, "a"), (refused.Index, refused.RowKey));
        Assert.Equal("one", (await GetAsync("a"))!.Text("Text"));
    }

    [Fact]
    public async Task A_replace_needs_the_ETag_that_the_row_has_now()
    {
        var first = await InsertAsync("a", "one");
        var second = await Table.WriteAsync(TableWrite.Replace(Row("a", "two"), first), CancellationToken.None);
        Assert.NotEqual(first, second);
        await Assert.ThrowsAsync<TableConflictException>(() =>
            Table.WriteAsync(TableWrite.Replace(Row("a", "three"), first), CancellationToken.None)
        );
        Assert.Equal("two", (await GetAsync("a"))!.Text("Text"));
    }

    [Fact]
    public async Task A_replace_takes_the_whole_row_so_that_properties_left_out_are_gone()
    {
        var etag = await Table.WriteAsync(
            TableWrite.Insert(RowWith("a", ("One", 1), ("Two", 2))),
            CancellationToken.None
        );
        await Table.WriteAsync(TableWrite.Replace(RowWith("a", ("Two", 3)), etag), CancellationToken.None);
        var row = await GetAsync("a");
        Assert.Null(row!.Integer("One"));
        Assert.Equal(3, row.Integer("Two"));
    }

    [Fact]
    public async Task A_replace_of_a_row_that_is_gone_is_refused()
    {
        var etag = await InsertAsync("a");
        await Table.WriteAsync(TableWrite.Delete(Partition, "a", etag), CancellationToken.None);
        await Assert.ThrowsAsync<TableConflictException>(() =>
            Table.WriteAsync(TableWrite.Replace(Row("a"), etag), CancellationToken.None)
        );
        Assert.Null(await GetAsync("a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    public async Task A_replace_or_delete_without_the_ETag_of_a_read_row_is_refused_as_a_mistake(string etag)
    {
        await InsertAsync("a", "one");
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Table.WriteAsync(TableWrite.Replace(Row("a"), etag), CancellationToken.None)
        );
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Table.WriteAsync(TableWrite.Delete(Partition, "a", etag), CancellationToken.None)
        );
        Assert.Equal("one", (await GetAsync("a"))!.Text("Text"));
    }

    [Fact]
    public async Task An_upsert_adds_the_row_or_takes_its_place()
    {
        var first = await Table.WriteAsync(TableWrite.Upsert(RowWith("a", ("One", 1))), CancellationToken.None);
        var second = await Table.WriteAsync(TableWrite.Upsert(RowWith("a", ("Two", 2))), CancellationToken.None);
        var row = await GetAsync("a");
        Assert.NotEqual(first, second);
        Assert.Equal(second, row!.ETag);
        Assert.Equal((null, 2L), (row.Integer("One"), row.Integer("Two")));
    }

    [Fact]
    public async Task A_delete_needs_the_ETag_that_the_row_has_now()
    {
        var first = await InsertAsync("a");
        var second = await Table.WriteAsync(TableWrite.Upsert(Row("a", "two")), CancellationToken.None);
        await Assert.ThrowsAsync<TableConflictException>(() =>
            Table.WriteAsync(TableWrite.Delete(Partition, "a", first), CancellationToken.None)
        );
        Assert.NotNull(await GetAsync("a"));
        Assert.Equal("", await Table.WriteAsync(TableWrite.Delete(Partition, "a", second), CancellationToken.None));
        Assert.Null(await GetAsync("a"));
        await Assert.ThrowsAsync<TableConflictException>(() =>
            Table.WriteAsync(TableWrite.Delete(Partition, "a", second), CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_delete_if_there_is_content_either_way()
    {
        await InsertAsync("a");
        await Table.WriteAsync(TableWrite.DeleteIfThere(Partition, "a"), CancellationToken.None);
        Assert.Null(await GetAsync("a"));
        Assert.Equal("", await Table.WriteAsync(TableWrite.DeleteIfThere(Partition, "a"), CancellationToken.None));
    }

    [Fact]
    public async Task A_row_that_is_made_again_has_none_of_its_old_ETags()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 5; i++)
        {
            var etag = await InsertAsync("a", "same");
            Assert.True(seen.Add(etag));
            await Table.WriteAsync(TableWrite.Delete(Partition, "a", etag), CancellationToken.None);
        }
    }

    [Fact]
    public async Task Of_many_who_insert_the_same_row_at_once_one_succeeds()
    {
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => TryAsync(() => InsertAsync("a", $"writer {i}")))
        );
        Assert.Single(outcomes, succeeded => succeeded);
    }

    [Fact]
    public async Task Increments_made_at_once_on_the_ETag_lose_nothing()
    {
        const int writers = 8,
            each = 10;
        await Table.WriteAsync(TableWrite.Insert(RowWith("count", ("Value", 0L))), CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(IncrementAsync)));
        Assert.Equal(writers * each, (await GetAsync("count"))!.Integer("Value"));

        async Task IncrementAsync()
        {
            var done = 0;
            while (done < each)
            {
                var row = await GetAsync("count");
                var next = TableWrite.Replace(RowWith("count", ("Value", row!.Integer("Value") + 1)), row.ETag);
                if (await TryAsync(() => Table.WriteAsync(next, CancellationToken.None)))
                    done++;
            }
        }
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_it_began_changes_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Table.WriteAsync(TableWrite.Insert(Row("a")), cancelled)
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Table.GetAsync(Partition, "a", cancelled));
        Assert.Null(await GetAsync("a"));
    }

    private static async Task<bool> TryAsync(Func<Task<string>> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (TableConflictException)
        {
            return false;
        }
    }
}
