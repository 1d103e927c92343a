using System.Text.Json.Nodes;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class What_is_only_at_the_target_is_named : BooksTest
{
    [Fact]
    public async Task An_invoice_that_was_entered_by_hand_has_its_date_and_amount()
    {
        await OpenBooksAsync();
        var entered = await BookAsync("BY-HAND", 129m);
        var connection = await ConnectionAsync();

        var run = await PassAsync(async () =>
        {
            var (started, _) = await Process
                .Get<Reconciliation>()
                .StartAsync(connection, null, null, [ZuperFlows.Invoices], tells: false, Forever);
            await Process.Get<LongRuns>().EndOfAsync(started.RunId, Forever);
            return (await Process.Get<RunStore>().GetAsync(Id, started.RunId, Forever))!;
        });

        var lines = new List<JsonNode>();
        await foreach (var line in Process.Get<RunReports>().ReadAsync(Id, RunReports.OnlyAtTarget(run.RunId), Forever))
            lines.Add(JsonNode.Parse(line)!);
        var only = Assert.Single(lines);
        Assert.Equal(
            ("invoices", entered, "BY-HAND", "2026-03-01", 129m),
            (
                only["flow"]!.ToString(),
                only["targetId"]!.ToString(),
                only["title"]!.ToString(),
                only["date"]!.ToString(),
                only["amount"]!.GetValue<decimal>()
            )
        );
        var counts = JsonNode.Parse(run.Report!)!["flows"]![0]!;
        Assert.Equal(("1", "Intacct"), (counts["onlyAtTarget"]!.ToString(), counts["targetSystem"]!.ToString()));
    }
}
