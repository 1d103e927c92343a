using IntacctSync.Core.Detection;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Tests.Scenarios.Road;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Scenarios;

/// <summary>A failure that this program knows is a line of the log with its code, however long it lasts.</summary>
public class The_log_while_a_system_is_down : RoadTest
{
    [Fact]
    public async Task Has_a_line_with_the_code_for_each_failure_and_no_trace()
    {
        await ConnectAsync();
        MakeOrganization("Harbor Dental Group");
        Intacct.Faults.Add(new() { Fault = IntacctFaults.Unavailable, Times = 0 });
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfIntacct, Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(5));
        await PassAsync(async () =>
        {
            var (run, _) = await Process
                .Get<Reconciliation>()
                .StartAsync(await ConnectionAsync(), null, null, null, tells: false, Forever);
            await Process.Get<LongRuns>().EndOfAsync(run.RunId, Forever);
            return run;
        });
        var warnings = Log.Lines.Where(l => l.Level >= LogLevel.Warning).Select(l => l.Text).ToList();
        Assert.Contains(
            warnings,
            l => l.Contains("reading products failed: intacct-transient. See ", StringComparison.Ordinal)
        );
        Assert.Contains(
            warnings,
            l => l.Contains("a run of kind reconcile failed: intacct-", StringComparison.Ordinal)
        );
        Assert.All(warnings, line => Assert.DoesNotContain('\n', line));
    }
}
