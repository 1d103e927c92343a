using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IntacctSync.Benchmarks.Sandbox;

/// <summary>One start of the sandbox as a process of its own.</summary>
/// <param name="FirstRecord">Seconds from the start of the process to the first record that is equal on both sides, as
/// its own log says.</param>
/// <param name="End">Seconds from here until the process has ended.</param>
/// <param name="ExitCode">0 when every record ended as it should.</param>
internal sealed partial record SandboxRun(double FirstRecord, double End, int ExitCode)
{
    /// <exception cref="InvalidOperationException">It ended without a synced record.</exception>
    public static async Task<SandboxRun> MeasureAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("intacctsync-sandbox-");
        try
        {
            var start = time.GetTimestamp();
            using var process = Start(folder.FullName);
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var end = time.GetElapsedTime(start).TotalSeconds;
            var log = await File.ReadAllTextAsync(
                Path.Combine(folder.FullName, ".data", "sandbox", "log.txt"),
                cancellationToken
            );
            return FirstRecordLine().Match(log) is { Success: true } line
                ? new SandboxRun(
                    double.Parse(line.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture),
                    end,
                    process.ExitCode
                )
                : throw new InvalidOperationException($"The sandbox synced no record.\n{await output}\n{await errors}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(string folder)
    {
        var local = Path.Combine(AppContext.BaseDirectory, "IntacctSync.Local.dll");
        return Process.Start(
            new ProcessStartInfo("dotnet", [local, "--sandbox", "once", "--urls", "http://127.0.0.1:0"])
            {
                UseShellExecute = false,
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
    }

    [GeneratedRegex(
        @"first record was synced (?<seconds>[0-9.]+) s after the start",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex FirstRecordLine();
}
