using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Tests.Support.Azurite;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// Where the scenarios store: in SQLite, or in Azurite where the environment says
/// <c>INTACCTSYNC_TEST_STORE=azurite</c>. A second run with that takes the same scenarios over the other store.
/// </summary>
internal static class RoadStore
{
    private const string Variable = "INTACCTSYNC_TEST_STORE";

    private static readonly string? Wanted = Environment.GetEnvironmentVariable(Variable);

    private static readonly Lazy<Task> Starting = new(StartAsync);

    private static RunningAzurite? _azurite;

    /// <summary>Starts what the stores need. Awaited before the first one is opened.</summary>
    public static Task ReadyAsync() =>
        Wanted switch
        {
            null or "" or "sqlite" => Task.CompletedTask,
            "azurite" => Starting.Value,
            _ => throw new InvalidOperationException($"{Variable} is '{Wanted}'; allowed is sqlite or azurite."),
        };

    /// <summary>The store of a road: opened again, the same one.</summary>
    public static ITable Open(RoadTest road) =>
        _azurite is { } azurite
            ? azurite.Table(
                "road" + Letters(road.Folder),
                new StoreWireHandler(road.Wire, Path.Combine(road.Folder, "stored.txt"))
            )
            : new SqliteTable(Path.Combine(road.Folder, "tables.db"));

    private static string Letters(string folder) =>
        Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(folder)[^6..]));

    /// <summary>All scenarios of a run share it, and it ends with the run.</summary>
    private static async Task StartAsync()
    {
        var running = await RunningAzurite.StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => running.KillAsync().GetAwaiter().GetResult();
        _azurite = running;
    }
}
