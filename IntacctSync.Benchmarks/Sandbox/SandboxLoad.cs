using System.Globalization;

namespace IntacctSync.Benchmarks.Sandbox;

/// <summary>What a newcomer waits for.</summary>
internal static class SandboxLoad
{
    private const int Starts = 3;

    /// <summary>From the start of the process, after the build, on two cores.</summary>
    private const double MostSeconds = 5;

    public static async Task<bool> RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var figures = new Figures();
        Figures.Heading($"The sandbox, from the start of its process; {Environment.ProcessorCount} cores");
        for (var i = 1; i <= Starts; i++)
        {
            var run = await SandboxRun.MeasureAsync(time, cancellationToken);
            var start = string.Create(CultureInfo.InvariantCulture, $"start {i}: ");
            figures.Under(start + "to the first synced record", run.FirstRecord, MostSeconds);
            Figures.Fact(
                start + "to its end",
                Figures.Seconds(run.End),
                "the first sync of all samples, the summary, and the stop"
            );
            figures.Exactly(start + "exit code", run.ExitCode, 0, "every record ended as its sample is meant to");
        }

        return figures.AllHold;
    }
}
