using IntacctSync.Benchmarks.ConsolePages;
using IntacctSync.Benchmarks.Pages;
using IntacctSync.Benchmarks.Road;
using IntacctSync.Benchmarks.Sandbox;
using IntacctSync.Benchmarks.Tables;

namespace IntacctSync.Benchmarks;

/// <summary>
/// All that can be measured. No test asserts a time; these print times beside what they are compared to.
/// </summary>
internal static class Measurements
{
    private static readonly IReadOnlyList<Measurement> All =
    [
        new(
            "road",
            "1,000 organizations from the queue to Intacct and back to Zuper, twice; beside a peer that sends "
                + "one create per request",
            RoadLoad.RunAsync
        ),
        new(
            "backfill",
            "5,000 organizations that were there before, and the changes of now that come meanwhile",
            BackfillLoad.RunAsync
        ),
        new("page", "reading a page of 2,000 records; beside a reader that builds a document tree", PageLoad.RunAsync),
        new(
            "tables",
            "durable writes per second on the SQLite table, by 1, 32 and 128 writers at once",
            TableLoad.RunAsync
        ),
        new("console", "size and time of every page of the console over 100,000 records", ConsoleLoad.RunAsync),
        new(
            "sandbox",
            "from the start of the sandbox's process to its first synced record and to its end, three times",
            SandboxLoad.RunAsync
        ),
    ];

    /// <returns>0; 1 when a figure misses its target; 2 when nothing is named.</returns>
    public static async Task<int> RunAsync(string[] args, TimeProvider time, CancellationToken cancellationToken)
    {
        if (args is [var name] && All.FirstOrDefault(m => m.Name == name) is { } chosen)
            return await chosen.RunAsync(time, cancellationToken) ? 0 : 1;

        Console.WriteLine("dotnet run -c Release --project IntacctSync.Benchmarks -- <name>");
        Console.WriteLine();
        foreach (var measurement in All)
            Console.WriteLine($"  {measurement.Name.PadRight(8)} {measurement.What}");
        return 2;
    }
}
