using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_users_unclear_clock_is_refused : BooksTest
{
    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new()
        {
            SampleData = false,
            Companies =
            [
                SimulatedCompany.Sandbox with
                {
                    Users = [new("sandbox-user", "sandbox-user-password") { Clock = 12 }],
                },
            ],
        };

    [Fact]
    public async Task The_run_and_the_timeline_say_which_preference_to_change()
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        Clock.Advance(TimeSpan.FromMinutes(1));
        var run = await Process.Get<Poller>().RunAsync(await ConnectionAsync(), ZuperFlows.Products, Forever);
        await RestAsync();

        Assert.Empty(Products);
        var ended = await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever);
        Assert.Equal(RunState.Failed, ended!.State);
        Assert.Contains("24 hours", ended.Report, StringComparison.Ordinal);
        var notes = await Process.Get<ConnectionTimeline>().ReadAsync(Id, Clock.GetUtcNow(), Forever);
        Assert.Contains(
            notes,
            n => n.What == "feedFailed" && n.Detail.Contains("intacct-user-formatting", StringComparison.Ordinal)
        );
    }
}
