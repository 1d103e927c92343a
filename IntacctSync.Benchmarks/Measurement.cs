namespace IntacctSync.Benchmarks;

/// <summary>Something that is measured by one command.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="What">What it measures, in a line.</param>
/// <param name="RunAsync">Prints its figures; false when one of them misses its target.</param>
internal sealed record Measurement(
    string Name,
    string What,
    Func<TimeProvider, CancellationToken, Task<bool>> RunAsync
);
