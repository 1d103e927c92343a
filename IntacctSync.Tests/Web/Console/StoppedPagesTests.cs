using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Web.Console;

/// <summary>What pages say of a connection that stands still, and of webhooks that are refused.</summary>
public sealed class StoppedPagesTests : ConsoleTest
{
    private const string Stopped = "Stopped: nothing is synced";

    [Fact]
    public async Task A_run_that_waits_for_a_stop_says_so_and_how_to_mend_it()
    {
        (await PutAsync()).Is(201);
        var (id, runs) = (ConnectionId.Parse("acme"), Get<RunStore>());
        var run = await runs.StartAsync(id, RunKinds.Poll, ZuperFlows.Organizations, CancellationToken.None);
        var path = $"{Home}/runs/{run.RunId}";
        Assert.DoesNotContain(Stopped, (await Visit().GetAsync(path)).Html, StringComparison.Ordinal);
        await StopAsync();
        foreach (var page in new[] { path, $"{Home}/runs", Home })
        {
            var html = (await Visit().GetAsync(page)).Is(200).Html;
            Assert.Contains(Stopped, html, StringComparison.Ordinal);
            Assert.Contains("Enter its password.", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Webhooks_that_were_refused_today_are_shown_beside_the_last_one_that_was_not()
    {
        (await PutAsync()).Is(201);
        Assert.Contains("None was accepted yet.", (await Visit().GetAsync(Home)).Html, StringComparison.Ordinal);
        (await HookAsync("{}", secret: "wrong")).Is(401);
        (await HookAsync("""{"event": "organization.update", "organization_uid": "o-1"}""")).Is(202);
        var html = (await Visit().GetAsync(Home)).Html;
        Assert.Contains("Last accepted", html, StringComparison.Ordinal);
        Assert.Contains("1 refused", html, StringComparison.Ordinal);
    }
}
