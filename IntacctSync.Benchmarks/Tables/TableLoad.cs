using System.Globalization;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.Sqlite;
using static IntacctSync.Benchmarks.Columns;

namespace IntacctSync.Benchmarks.Tables;

/// <summary>Durable writes per second on the SQLite table, by one writer after the other and by 32 at once.</summary>
internal static class TableLoad
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3);

    public static async Task<bool> RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("intacctsync-load-");
        try
        {
            await using var table = new SqliteTable(Path.Combine(folder.FullName, "tables.db"));
            Console.WriteLine(
                "writers    writes/s   commits/s   writes per commit   (rows of about 1 KB, on the disk when a "
                    + "write returns)"
            );
            foreach (var writers in new[] { 1, 32, 128 })
                await MeasureAsync(table, writers, time, cancellationToken);
            return true;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(
        SqliteTable table,
        int writers,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var commits = table.Commits;
        var start = time.GetTimestamp();
        var counts = await Task.WhenAll(
            Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(writer), cancellationToken))
        );
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        var (writes, made) = (counts.Sum(), table.Commits - commits);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Right(writers, 7, "D")} {Right(writes / seconds, 11, "F0")} {Right(made / seconds, 11, "F0")} "
                    + $"{Right((double)writes / made, 19, "F1")}"
            )
        );

        async Task<int> WriteAsync(int writer)
        {
            var written = 0;
            for (; time.GetElapsedTime(start) < Span; written++)
                await table.WriteAsync(
                    TableWrite.Upsert(Row($"w{writers}|{writer}|{written % 100}")),
                    cancellationToken
                );
            return written;
        }
    }

    private static TableRow Row(string rowKey) =>
        new(
            "load",
            rowKey,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["Text"] = new string('x', 900), ["Count"] = 1L }
        );
}
