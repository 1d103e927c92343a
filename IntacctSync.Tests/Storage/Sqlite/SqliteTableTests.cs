using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Storage.Sqlite;

public sealed class SqliteTableTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteTable> _opened = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var table in _opened)
            await table.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_written_is_there_after_the_file_was_closed_and_opened()
    {
        var before = Open("tables.db");
        var etag = await before.WriteAsync(TableWrite.Insert(Row("a", 1)), CancellationToken.None);
        await before.DisposeAsync();
        var row = await Open("tables.db").GetAsync("p", "a", CancellationToken.None);
        Assert.Equal((etag, 1L), (row!.ETag, row.Integer("Value")));
    }

    [Fact]
    public async Task A_process_that_dies_loses_nothing_that_was_acknowledged_and_leaves_no_half_batch()
    {
        var table = Open("tables.db");
        for (var i = 0; i < 20; i++)
            await table.WriteBatchAsync(
                [TableWrite.Insert(Row($"a{i}", i)), TableWrite.Insert(Row($"b{i}", i))],
                CancellationToken.None
            );

        // The middle of a transaction, large enough that pages of it are in the log already.
        using var dying = new SqliteDatabase(_folder.File("tables.db"), TimeSpan.FromSeconds(5));
        dying.Execute("PRAGMA cache_size = 1");
        dying.Execute("BEGIN IMMEDIATE");
        for (var i = 0; i < 200; i++)
            dying.Execute(
                "INSERT INTO rows (partition, row, etag, body) VALUES ('p', ?1, 1, zeroblob(4000))",
                $"half{i}"
            );
        Assert.True(new FileInfo(_folder.File("tables.db-wal")).Length > 400_000);

        // What a killed process leaves on the disk is the files as they are now.
        File.Copy(_folder.File("tables.db"), _folder.File("after.db"));
        File.Copy(_folder.File("tables.db-wal"), _folder.File("after.db-wal"));
        var after = Open("after.db");
        var page = await after.QueryAsync(new TableRange("p"), null, 1000, CancellationToken.None);
        Assert.Equal(40, page.Rows.Count);
        await after.WriteAsync(TableWrite.Insert(Row("half0", 1)), CancellationToken.None);
    }

    [Fact]
    public async Task Two_who_share_the_file_see_each_others_writes_and_lose_none()
    {
        const int each = 25;
        var (one, two) = (Open("tables.db"), Open("tables.db"));
        await one.WriteAsync(TableWrite.Insert(Row("count", 0)), CancellationToken.None);
        Assert.NotNull(await two.GetAsync("p", "count", CancellationToken.None));
        await Task.WhenAll(Task.Run(() => IncrementAsync(one)), Task.Run(() => IncrementAsync(two)));
        Assert.Equal(2 * each, (await two.GetAsync("p", "count", CancellationToken.None))!.Integer("Value"));

        static async Task IncrementAsync(SqliteTable table)
        {
            var done = 0;
            while (done < each)
            {
                var row = await table.GetAsync("p", "count", CancellationToken.None);
                try
                {
                    await table.WriteAsync(
                        TableWrite.Replace(Row("count", row!.Integer("Value")!.Value + 1), row.ETag),
                        CancellationToken.None
                    );
                    done++;
                }
                catch (TableConflictException)
                {
                    // The other was faster: read again.
                }
            }
        }
    }

    [Fact]
    public async Task Many_who_open_a_new_file_at_once_all_find_it_ready()
    {
        SqliteTable[] tables = [.. Enumerable.Range(0, 8).Select(_ => Open("new.db"))];
        await Task.WhenAll(
            tables.Select(
                (table, i) =>
                    Task.Run(() => table.WriteAsync(TableWrite.Insert(Row($"r{i}", i)), CancellationToken.None))
            )
        );
        Assert.Equal(
            8,
            (await tables[0].QueryAsync(new TableRange("p"), null, 100, CancellationToken.None)).Rows.Count
        );
    }

    [Fact]
    public async Task Writes_that_wait_at_the_same_time_share_commits()
    {
        var table = Open("tables.db");
        await table.WriteAsync(TableWrite.Insert(Row("first", 0)), CancellationToken.None);
        using var other = new SqliteDatabase(_folder.File("tables.db"), TimeSpan.Zero);
        other.Execute("BEGIN IMMEDIATE");
        Task<string>[] waiting =
        [
            .. Enumerable
                .Range(0, 100)
                .Select(i => table.WriteAsync(TableWrite.Insert(Row($"r{i}", i)), CancellationToken.None)),
        ];
        other.Execute("COMMIT");
        var etags = await Task.WhenAll(waiting);
        Assert.InRange(table.Commits, 2, 3);
        Assert.Equal(100, etags.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_lock_held_for_too_long_is_told_as_unavailable_and_the_next_write_succeeds()
    {
        var table = new SqliteTable(_folder.File("tables.db"), busyTimeout: TimeSpan.FromMilliseconds(20));
        _opened.Add(table);
        await table.WriteAsync(TableWrite.Insert(Row("a", 1)), CancellationToken.None);
        using var other = new SqliteDatabase(_folder.File("tables.db"), TimeSpan.Zero);
        other.Execute("BEGIN IMMEDIATE");
        var refused = await Assert.ThrowsAsync<TableUnavailableException>(() =>
            table.WriteAsync(TableWrite.Insert(Row("b", 1)), CancellationToken.None)
        );
        Assert.Contains("tables.db", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Another process", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(await table.GetAsync("p", "a", CancellationToken.None));
        other.Execute("ROLLBACK");
        await table.WriteAsync(TableWrite.Insert(Row("b", 1)), CancellationToken.None);
    }

    [Fact]
    public async Task A_full_disk_is_told_as_unavailable_and_refuses_all_of_its_commit()
    {
        var file = new SqliteFile(
            _folder.File("full.db"),
            1,
            ["CREATE TABLE IF NOT EXISTS t (body BLOB)"],
            TimeSpan.FromSeconds(5)
        );
        await using var writer = new GroupCommit(file);
        await writer.WriteAsync(database => database.Execute("PRAGMA max_page_count = 20"), CancellationToken.None);
        var small = writer.WriteAsync(
            database => database.Execute("INSERT INTO t VALUES (zeroblob(10))"),
            CancellationToken.None
        );
        await small;
        var refused = await Assert.ThrowsAsync<SqliteFaultException>(() =>
            writer.WriteAsync(
                database => database.Execute("INSERT INTO t VALUES (zeroblob(1000000))"),
                CancellationToken.None
            )
        );
        Assert.True(refused.ConcernsFile);
        Assert.Contains("disk is full", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, file.Read(database => database.Integer("SELECT count(*) FROM t")));
        await writer.WriteAsync(
            database => database.Execute("INSERT INTO t VALUES (zeroblob(10))"),
            CancellationToken.None
        );
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_as_unavailable_with_what_to_do()
    {
        await File.WriteAllTextAsync(_folder.File("tables.db"), new string('x', 10_000));
        var refused = await Assert.ThrowsAsync<TableUnavailableException>(() =>
            Open("tables.db").GetAsync("p", "a", CancellationToken.None)
        );
        Assert.Contains("restore", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_left_alone()
    {
        var first = Open("tables.db");
        await first.WriteAsync(TableWrite.Insert(Row("a", 1)), CancellationToken.None);
        await first.DisposeAsync();
        using (var later = new SqliteDatabase(_folder.File("tables.db"), TimeSpan.Zero))
            later.Execute("PRAGMA user_version = 99");
        var refused = await Assert.ThrowsAsync<TableUnavailableException>(() =>
            Open("tables.db").GetAsync("p", "a", CancellationToken.None)
        );
        Assert.Contains("version 99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_and_the_files_are_made_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
            return;
        var table = Open("data/deep/tables.db");
        await table.WriteAsync(TableWrite.Insert(Row("a", 1)), CancellationToken.None);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(_folder.File("data/deep"))
        );
        foreach (var file in Directory.GetFiles(_folder.File("data/deep")))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_write_after_the_end_is_refused_and_those_before_it_are_finished()
    {
        var table = Open("tables.db");
        Task<string>[] writes =
        [
            .. Enumerable
                .Range(0, 50)
                .Select(i => table.WriteAsync(TableWrite.Insert(Row($"r{i}", i)), CancellationToken.None)),
        ];
        await table.DisposeAsync();
        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            table.WriteAsync(TableWrite.Insert(Row("late", 1)), CancellationToken.None)
        );
    }

    private static TableRow Row(string rowKey, long value) =>
        new("p", rowKey, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Value"] = value });

    private SqliteTable Open(string name)
    {
        var table = new SqliteTable(_folder.File(name));
        _opened.Add(table);
        return table;
    }
}
