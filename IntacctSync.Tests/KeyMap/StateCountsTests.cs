using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.KeyMap;

/// <summary>What is asked about all records of a flow is answered without reading them.</summary>
public sealed class StateCountsTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();
    private ReadCountingTable _table = null!;
    private KeyMapStore _store = null!;

    private static string Partition => KeyMapRow.Partition(Some.ConnectionId, ZuperFlows.Organizations);

    private RecordQuery Query => new(_table, _store);

    public Task InitializeAsync()
    {
        _table = new ReadCountingTable(_stand.Table);
        _store = new KeyMapStore(_table);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task Counts_and_a_list_of_a_state_without_hits_read_few_of_five_thousand_records()
    {
        await SaveManyAsync(5000);
        Assert.InRange(await ReadByAsync(CountAsync), 1, 100);
        foreach (var state in Enum.GetValues<RecordState>().Where(state => state != RecordState.Synced))
            Assert.InRange(await ReadByAsync(() => ListAsync(state)), 0, 2);
        Assert.InRange(
            await ReadByAsync(() =>
                Query.WithCauseAsync(Some.ConnectionId, ZuperFlows.Organizations, null, CancellationToken.None)
            ),
            0,
            2
        );
        Assert.Equal(5000, (await CountAsync()).Of(RecordState.Synced));
    }

    [Fact]
    public async Task A_list_of_a_state_reads_what_it_lists_and_no_more()
    {
        await SaveManyAsync(1000);
        await ChangeAsync(_store, "o0700", entry => entry.Skip(Some.Now, "x"));
        await ChangeAsync(_store, "o0300", entry => entry.Skip(Some.Now, "x"));
        Assert.InRange(await ReadByAsync(() => ListAsync(RecordState.Skipped)), 4, 6);
        Assert.Equal(["o0300", "o0700"], await ListAsync(RecordState.Skipped));
    }

    [Fact]
    public async Task Of_those_that_wait_the_one_that_waits_longest_is_listed_first()
    {
        await SaveManyAsync(3);
        await ChangeAsync(_store, "o0000", entry => entry.Wait(Some.Now, Some.Now.AddHours(-1), "x"));
        await ChangeAsync(_store, "o0001", entry => entry.Wait(Some.Now, Some.Now.AddHours(-3), "x"));
        await ChangeAsync(_store, "o0002", entry => entry with { State = RecordState.Pending });
        Assert.Equal(["o0001", "o0000", "o0002"], await ListAsync(RecordState.Pending));
        Assert.Equal(Some.Now.AddHours(-3), (await CountAsync()).OldestPendingAt);
    }

    [Fact]
    public async Task Counts_stay_right_through_every_change_by_two_writers_at_once()
    {
        await SaveManyAsync(60);
        var other = new KeyMapStore(_table);
        var writers = new[] { (_store, 0), (other, 1) }.Select(async writer =>
        {
            for (var i = 0; i < 150; i++)
            {
                var id = $"o{((i * 7) + writer.Item2) % 60:D4}";
                await ChangeAsync(writer.Item1, id, entry => Step(entry, (i + writer.Item2) % 5));
            }
        });
        await Task.WhenAll(writers);

        var states = await StatesAsync();
        var counts = await CountAsync();
        foreach (var state in Enum.GetValues<RecordState>())
        {
            Assert.Equal(states.Count(pair => pair.Value == state), counts.Of(state));
            Assert.Equal(
                states.Where(pair => pair.Value == state).Select(pair => pair.Key).Order(StringComparer.Ordinal),
                (await ListAsync(state)).Order(StringComparer.Ordinal)
            );
        }

        Assert.InRange((await RowsAsync(StateCounts.Rows(Partition))).Count, 1, 110);
    }

    [Fact]
    public async Task A_store_without_counts_is_counted_once_by_whoever_asks_first()
    {
        await SaveManyAsync(700);
        await ChangeAsync(_store, "o0005", entry => entry.Need(Some.Now, Some.Problem("one")));
        await ChangeAsync(_store, "o0006", entry => entry.Bury(Some.Now, Some.Problem("two")));
        await AsOnceAsync();

        Assert.Equal(
            ["o0005"],
            await Query.WithCauseAsync(Some.ConnectionId, ZuperFlows.Organizations, "one", CancellationToken.None)
        );
        Assert.InRange(await ReadByAsync(CountAsync), 1, 10);
        var counts = await CountAsync();
        Assert.Equal(
            (698, 1, 1),
            (counts.Of(RecordState.Synced), counts.Of(RecordState.NeedsAction), counts.Of(RecordState.Dead))
        );
        Assert.Equal(["o0006"], await ListAsync(RecordState.Dead));
        Assert.Empty(await RowsAsync(KeyMapRow.FormerPersons(Partition)));
    }

    [Fact]
    public async Task A_pass_corrects_counts_and_lists_that_are_off()
    {
        await SaveManyAsync(150);
        await ChangeAsync(_store, "o0005", entry => entry.Skip(Some.Now, "x"));
        var total = (await _table.TotalAsync(Partition, CancellationToken.None))!;
        await _table.WriteAsync(
            StateCounts.Total(
                Partition,
                new Dictionary<RecordState, int> { [RecordState.Dead] = 7, [RecordState.Synced] = 1 },
                total.ETag
            ),
            CancellationToken.None
        );
        var listed = await RowsAsync(KeyMapRow.InState(Partition, RecordState.Skipped));
        await _table.WriteAsync(TableWrite.DeleteIfThere(Partition, listed[0].RowKey), CancellationToken.None);
        await _table.WriteAsync(
            TableWrite.Insert(listed[0] with { RowKey = "s|Dead|never|o0005" }),
            CancellationToken.None
        );

        await new CountingPass(_table).RunAsync(Some.ConnectionId, ZuperFlows.Organizations, CancellationToken.None);
        var counts = await CountAsync();
        Assert.Equal(
            (149, 1, 0),
            (counts.Of(RecordState.Synced), counts.Of(RecordState.Skipped), counts.Of(RecordState.Dead))
        );
        Assert.Equal(["o0005"], await ListAsync(RecordState.Skipped));
        Assert.Empty(await RowsAsync(KeyMapRow.InState(Partition, RecordState.Dead)));
    }

    [Fact]
    public async Task What_changes_while_a_pass_counts_is_counted_once()
    {
        await SaveManyAsync(1200);
        await AsOnceAsync();
        var pages = 0;
        _table.BeforeQuery = async range =>
        {
            // Behind the page that was read: the pass has not seen the change, and must.
            if (range == KeyMapRow.Entries(Partition, "") && ++pages is 2 or 4)
                await ChangeAsync(new KeyMapStore(_stand.Table), $"o000{pages}", e => e.Skip(Some.Now, "x"));
        };
        var counts = await CountAsync();
        Assert.Equal((1198, 2), (counts.Of(RecordState.Synced), counts.Of(RecordState.Skipped)));
        Assert.Equal(["o0002", "o0004"], await ListAsync(RecordState.Skipped));
    }

    private static KeyMapEntry Step(KeyMapEntry entry, int step) =>
        step switch
        {
            0 => entry.Wait(Some.Now, Some.Now.AddMinutes(-step), "x"),
            1 => entry.Need(Some.Now, Some.Problem()),
            2 => entry.Bury(Some.Now, Some.Problem()),
            3 => entry.Skip(Some.Now, "x"),
            _ => entry.Sync(Some.Now, "updated", "x"),
        };

    /// <summary>As a program left it that kept no counts, and listed only what needs a person.</summary>
    private async Task AsOnceAsync()
    {
        foreach (var range in new[] { StateCounts.Rows(Partition), KeyMapRow.States(Partition) })
        {
            foreach (var row in await RowsAsync(range))
                await _table.WriteAsync(TableWrite.DeleteIfThere(Partition, row.RowKey), CancellationToken.None);
        }

        var properties = new Dictionary<string, object?>(StringComparer.Ordinal) { ["SourceId"] = "o0005" };
        await _table.WriteAsync(
            TableWrite.Insert(new TableRow(Partition, "p|o0005", properties)),
            CancellationToken.None
        );
    }

    private async Task SaveManyAsync(int count)
    {
        foreach (var some in Enumerable.Range(0, count).Chunk(100))
            await _store.SaveAsync(
                [.. some.Select(i => Some.Entry($"o{i:D4}").Sync(Some.Now, "created", "C"))],
                CancellationToken.None
            );
    }

    private static async Task ChangeAsync(KeyMapStore store, string id, Func<KeyMapEntry, KeyMapEntry> change)
    {
        do
        {
            var entry = (await store.GetAsync(Some.Key(id), CancellationToken.None))!;
            if ((await store.SaveAsync([change(entry)], CancellationToken.None)).Count > 0)
                return;
        } while (true);
    }

    private async Task<int> ReadByAsync<T>(Func<Task<T>> call)
    {
        var before = _table.Rows;
        await call();
        return _table.Rows - before;
    }

    private Task<RecordCounts> CountAsync() =>
        Query.CountAsync(Some.ConnectionId, ZuperFlows.Organizations, CancellationToken.None);

    private async Task<List<string>> ListAsync(RecordState? state)
    {
        var ids = new List<string>();
        string? after = null;
        do
        {
            var page = await Query.ListAsync(
                Some.ConnectionId,
                ZuperFlows.Organizations,
                state,
                null,
                after,
                200,
                CancellationToken.None
            );
            ids.AddRange(page.Items.Select(e => e.Key.SourceId));
            after = page.Next;
        } while (after is not null);

        return ids;
    }

    private async Task<Dictionary<string, RecordState>> StatesAsync() =>
        (await RowsAsync(KeyMapRow.Entries(Partition, ""))).ToDictionary(
            KeyMapRow.SourceIdOfEntry,
            row => KeyMapRow.State(row)!.Value,
            StringComparer.Ordinal
        );

    private async Task<List<TableRow>> RowsAsync(TableRange range)
    {
        var rows = new List<TableRow>();
        string? continuation = null;
        do
        {
            var page = await _stand.Table.QueryAsync(range, continuation, 500, CancellationToken.None);
            rows.AddRange(page.Rows);
            continuation = page.Continuation;
        } while (continuation is not null);

        return rows;
    }
}
