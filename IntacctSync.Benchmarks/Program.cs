using IntacctSync.Benchmarks;

switch (args)
{
    case ["tables"]:
        await TableLoad.RunAsync(TimeProvider.System, CancellationToken.None);
        return 0;
    default:
        await Console.Error.WriteLineAsync("Name what to measure: tables (durable writes per second on the SQLite table).");
        return 1;
}
