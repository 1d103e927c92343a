using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Web;

public sealed class LastReadingTests : ApiTest
{
    [Fact]
    public async Task A_backfill_of_everything_counts_as_a_look_at_its_flow_and_one_of_a_part_does_not()
    {
        (await PutAsync()).Is(201);
        var began = Clock.GetUtcNow();
        await StartAsync(ZuperFlows.Invoices, since: null, read: true);
        await StartAsync(ZuperFlows.Customers, since: null, read: false);
        await StartAsync(ZuperFlows.Organizations, since: began, read: true);
        Clock.Advance(TimeSpan.FromHours(1));
        var flows = (await CallAsync("GET", "/api/connections/acme/status")).Is(200).Json["flows"]!.AsArray();
        Assert.Equal((began, began), Looked("invoices"));
        Assert.Equal((began, null), Looked("customers"));
        Assert.Equal((null, null), Looked("organizations"));

        (DateTimeOffset?, DateTimeOffset?) Looked(string flow)
        {
            var line = flows.Single(f => f!["flow"]!.ToString() == flow)!;
            return (line["lastRunAt"]?.GetValue<DateTimeOffset>(), line["lastSuccessAt"]?.GetValue<DateTimeOffset>());
        }
    }

    private async Task StartAsync(FlowName flow, DateTimeOffset? since, bool read)
    {
        var id = ConnectionId.Parse("acme");
        var run = await Get<RunStore>()
            .StartAsync(id, RunKinds.Backfill, flow, RunReach.Of(since, false), CancellationToken.None);
        await Get<RunStore>()
            .ChangeAsync(id, run.RunId, r => r with { Found = 1, Detected = read }, CancellationToken.None);
    }
}
