using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class A_backfill_knows_from_its_first_chunk_what_is_left : BooksTest
{
    private const int Many = 130;

    [Fact]
    public async Task From_Zuper()
    {
        await OpenBooksAsync();
        Zuper.WebhooksEnabled = false;
        for (var i = 0; i < Many; i++)
            MakeOrganization($"Company {i}", o => o["organization_email"] = $"ap@company{i}.example");
        await AssertMeasuredAsync(ZuperFlows.Organizations);
    }

    [Fact]
    public async Task From_Intacct()
    {
        await OpenBooksAsync();
        for (var i = 0; i < Many; i++)
            AddItem($"PART-{i}", $"Part {i}");
        await AssertMeasuredAsync(ZuperFlows.Products);
    }

    private async Task AssertMeasuredAsync(FlowName flow)
    {
        var started = await Process
            .Get<Backfill>()
            .StartAsync(await ConnectionAsync(), flow, since: null, requested: true, Forever);
        Assert.Null(started.Left);
        var totals = new List<long?>();
        while (await Process.WorkAsync(this, Forever))
        {
            var run = await RunAsync(started);
            if (run is { Found: > 0, Detected: false })
                totals.Add(run.Done + run.Failed + run.Left);
        }

        Assert.True(totals.Count > 1);
        Assert.All(totals, total => Assert.Equal(totals[^1], total));
        await RestAsync();
        var ended = await RunAsync(started);
        Assert.Equal((RunState.Done, totals[^1]), (ended.State, (long?)ended.Found));
        Assert.True(ended.Found >= Many);
    }

    private async Task<Run> RunAsync(Run started) =>
        (await Process.Get<RunStore>().GetAsync(Id, started.RunId, Forever))!;
}
