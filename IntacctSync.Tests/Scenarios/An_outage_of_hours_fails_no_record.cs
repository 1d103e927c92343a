using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Scenarios;

public class An_outage_of_hours_fails_no_record : RoadTest
{
    private const int Records = 25;

    [Theory]
    [InlineData("Intacct", "nearly every call fails")]
    [InlineData("Zuper", "can't be worked for now")]
    public async Task The_records_wait_show_as_lag_and_are_synced_when_it_is_over(string remote, string told)
    {
        await ConnectAsync();
        var began = Clock.GetUtcNow();
        Break(remote);
        var uids = Enumerable.Range(1, Records).Select(i => MakeOrganization($"Organization {i}")).ToList();
        var before = Asked;
        await RestAsync(TimeSpan.FromHours(3));

        var counts = await Process.Get<RecordQuery>().CountAsync(Id, ZuperFlows.Organizations, Forever);
        Assert.Equal([RecordState.Pending], counts.ByState.Where(c => c.Value > 0).Select(c => c.Key));
        Assert.InRange(counts.OldestPendingAt!.Value, began, began.AddMinutes(5));
        Assert.Contains(Log.Lines, l => l.Level == LogLevel.Warning && l.Text.Contains(told, StringComparison.Ordinal));

        // Every half a minute one call looks whether it is over, and is sent again twice where it reads.
        const int calls = 1 + RemotePipelines.Repeats;
        var looks = (int)(TimeSpan.FromHours(3) / RemotePipelines.Break);
        Assert.InRange(Asked - before, 1, calls * (looks + (2 * Records)));

        Intacct.Faults.Clear();
        Zuper.Faults.Clear();
        await RestAsync(TimeSpan.FromHours(3));
        Assert.Equal(Records, Customers.Count);
        foreach (var uid in uids)
            Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    private void Break(string remote)
    {
        if (remote == "Intacct")
            Intacct.Faults.Add(new() { Fault = IntacctFaults.Unavailable, Times = 0 });
        else
            Zuper.Faults.Add(new() { Fault = ZuperFaults.Http503, Times = 0 });
    }
}
