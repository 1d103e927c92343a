using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class A_comparison_reports_the_sums_of_every_day : InvoiceRoadTest
{
    private const int Days = 320;

    [Fact]
    public async Task All_days_whose_sums_differ_are_in_the_report_however_many()
    {
        await BooksAsync(s => s with { SyncProducts = false, StartDate = new DateOnly(2024, 1, 1) });
        Zuper.WebhooksEnabled = false;
        var first = new DateOnly(2025, 1, 1);
        for (var day = 0; day < Days; day++)
            MakeInvoice(i =>
                i["invoice_date"] = first.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            );

        var run = await ReconcileAsync();

        var summary = JsonNode.Parse(run.Report!)!;
        var sums = await LinesAsync(RunReports.Sums(run.RunId));
        Assert.Equal(Days, sums.Count);
        Assert.All(sums, s => Assert.False(s["isEqual"]!.GetValue<bool>()));
        Assert.Equal(Days, summary["sumsDiffer"]!.GetValue<int>());
        Assert.Equal(Days, summary["sums"]!.AsArray().Count + summary["sumsLeftOut"]!.GetValue<int>());
        Assert.Equal((Days, Days), (run.Found, run.Done));
    }

    private async Task<Run> ReconcileAsync()
    {
        var connection = await ConnectionAsync();
        return await PassAsync(async () =>
        {
            var (started, _) = await Process
                .Get<Reconciliation>()
                .StartAsync(connection, null, null, [ZuperFlows.Invoices], tells: false, Forever);
            await Process.Get<LongRuns>().EndOfAsync(started.RunId, Forever);
            return (await Process.Get<RunStore>().GetAsync(Id, started.RunId, Forever))!;
        });
    }

    private async Task<IReadOnlyList<JsonNode>> LinesAsync(string list)
    {
        var lines = new List<JsonNode>();
        await foreach (var line in Process.Get<RunReports>().ReadAsync(Id, list, Forever))
            lines.Add(JsonNode.Parse(line)!);
        return lines;
    }
}
