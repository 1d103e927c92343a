using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Scenarios;

public sealed class A_stopped_connection_is_compared_once_it_goes_on : NightRoadTest
{
    [Fact]
    public async Task The_night_is_owed_until_then()
    {
        await ToldBooksAsync();
        await Schedule.RunDueAsync(Forever);
        Clock.Advance(TimeSpan.FromDays(1));
        await StopAsync();
        Assert.False(await Schedule.RunDueAsync(Forever));
        Clock.Advance(TimeSpan.FromHours(5));
        Assert.False(await Schedule.RunDueAsync(Forever));
        Assert.Empty(await ComparisonsAsync());

        await StopAsync(stopped: false);
        Assert.True(await Schedule.RunDueAsync(Forever));
        Assert.Equal((RunState.Done, 0), await LastAsync());
        Assert.False(await Schedule.RunDueAsync(Forever));
    }

    [Fact]
    public async Task A_night_that_never_came_is_told_and_shown_as_a_failed_run()
    {
        await ToldBooksAsync();
        await Schedule.RunDueAsync(Forever);
        Clock.Advance(TimeSpan.FromDays(1));
        await StopAsync();
        await Schedule.RunDueAsync(Forever);
        Clock.Advance(TimeSpan.FromDays(1));
        await Schedule.RunDueAsync(Forever);
        await Schedule.RunDueAsync(Forever);

        var failed = Assert.Single(await ComparisonsAsync());
        Assert.Equal((RunState.Failed, true), (failed.State, failed.Reach.Nightly));
        Assert.Contains("has been stopped since", failed.Report, StringComparison.Ordinal);
        Assert.Contains(Some.SignInRefused.Message, failed.Report, StringComparison.Ordinal);
        await SendAsync();
        await SendAsync();
        Assert.Contains(Sink.Mails, m => m.Body.Contains("could not be compared", StringComparison.Ordinal));

        // The night that has come since is made up for.
        Clock.Advance(TimeSpan.FromMinutes(1));
        await StopAsync(stopped: false);
        Assert.True(await Schedule.RunDueAsync(Forever));
        Assert.Equal(RunState.Done, (await LastAsync()).State);
    }

    [Fact]
    public async Task One_that_stops_while_another_comparison_is_waited_for_is_owed_as_well()
    {
        await ToldBooksAsync();
        await Schedule.RunDueAsync(Forever);
        Clock.Advance(TimeSpan.FromDays(1));
        var store = Process.Get<RunStore>();
        var other = await store.StartAsync(Id, RunKinds.Reconcile, null, Forever);
        var waking = Schedule.RunDueAsync(Forever);
        await Clock.NextTimerIsDueAsync(Clock.GetUtcNow().AddSeconds(20)).WaitAsync(TimeSpan.FromSeconds(30));
        await StopAsync();
        await store.ChangeAsync(Id, other.RunId, r => r with { State = RunState.Done }, Forever);
        Clock.Advance(TimeSpan.FromSeconds(20));
        await waking;
        Assert.Single(await ComparisonsAsync());

        await StopAsync(stopped: false);
        Assert.True(await Schedule.RunDueAsync(Forever));
        Assert.Equal(2, (await ComparisonsAsync()).Count);
    }
}
