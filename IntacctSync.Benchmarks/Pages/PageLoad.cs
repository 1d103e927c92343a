using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using static IntacctSync.Benchmarks.Columns;

namespace IntacctSync.Benchmarks.Pages;

/// <summary>
/// Reading a page of a query by BenchmarkDotNet, in this process: its own builds would need a package feed.
/// </summary>
internal static class PageLoad
{
    public static Task<bool> RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("intacctsync-page-");
        try
        {
            var config = ManualConfig
                .CreateEmpty()
                .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
                .AddDiagnoser(MemoryDiagnoser.Default)
                .AddLogger(NullLogger.Instance)
                .WithArtifactsPath(folder.FullName);
            var summary = BenchmarkRunner.Run<PageReading>(config);
            return Task.FromResult(
                Print(Report(summary, nameof(PageReading.AsStream)), Report(summary, nameof(PageReading.ByDocument)))
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static BenchmarkReport Report(Summary summary, string method)
    {
        var report = summary.Reports.FirstOrDefault(r => r.BenchmarkCase.Descriptor.WorkloadMethod.Name == method);
        return report is { Success: true, ResultStatistics: not null }
            ? report
            : throw new InvalidOperationException(
                $"{method} could not be measured: {string.Join(' ', summary.ValidationErrors.Select(e => e.Message))}"
            );
    }

    private static bool Print(BenchmarkReport stream, BenchmarkReport document)
    {
        var (streamMilliseconds, documentMilliseconds) = (Milliseconds(stream), Milliseconds(document));
        var (streamMegabytes, documentMegabytes) = (Megabytes(stream), Megabytes(document));
        var bytes = SamplePage.Of(PageReading.Records).Length;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"A page of {PageReading.Records} records of 20 fields, {bytes / 1048576.0:0.0} MB; means of "
                    + $"{stream.ResultStatistics!.N} (ShortRun)"
            )
        );
        Console.WriteLine();
        Console.WriteLine("                                          mean  std error    allocated");
        Line("streaming reader", stream, streamMilliseconds, streamMegabytes);
        Line("XDocument and its records (peer)", document, documentMilliseconds, documentMegabytes);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {"peer / streaming".PadRight(33)} {Right(documentMilliseconds / streamMilliseconds, 8, "0.00")} x "
                    + $"{"".PadLeft(10)} {Right(documentMegabytes / streamMegabytes, 8, "0.00")} x"
            )
        );
        return true;
    }

    private static void Line(string name, BenchmarkReport report, double milliseconds, double megabytes) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {name.PadRight(33)} {Right(milliseconds, 7, "0.0")} ms "
                    + $"{Right(report.ResultStatistics!.StandardError / 1e6, 7, "0.0")} ms "
                    + $"{Right(megabytes, 8, "0.0")} MB"
            )
        );

    private static double Milliseconds(BenchmarkReport report) => report.ResultStatistics!.Mean / 1e6;

    private static double Megabytes(BenchmarkReport report) =>
        (report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0) / 1048576.0;
}
