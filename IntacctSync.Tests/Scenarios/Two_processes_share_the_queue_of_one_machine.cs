using IntacctSync.Core.Pipeline;
using IntacctSync.Simulators;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Two_processes_share_the_queue_of_one_machine : RoadTest
{
    [Fact]
    public async Task One_that_loses_its_session_in_the_middle_keeps_the_other_waiting_and_nothing_is_doubled()
    {
        await ConnectAsync();
        Intacct.Latency = Latency.OfMilliseconds(12_000);
        var uids = Enumerable.Range(0, 40).Select(i => MakeOrganization($"Company {i}")).ToList();
        await Zuper.WebhooksRestingAsync(Forever);
        await using var other = new SyncProcess(this, new CrashSwitch());

        // Nobody renews the lock of its session, and it runs out while requests are still to be sent.
        var held = (await Process.Queue.AcceptSessionAsync(Forever))!;
        var received = await Process.Queue.ReceiveAsync(held, SessionGate.MaxBatch, Forever);
        var running = Motion.Begin(() => Process.Get<FlowRunner>().RunAsync(received, Forever));
        await WaitAsync(Task.WhenAny(running, Task.Delay(held.Until - Clock.GetUtcNow(), Clock)));
        Assert.False(running.IsCompleted);

        // The other has the session now, and finds the company's lease taken: it puts everything off.
        var requests = Intacct.Journal.Count;
        Assert.True(await other.WorkAsync(this, Forever));
        Assert.Equal(uids.Count, (await other.Queue.CountAsync(Forever)).Delayed);
        Assert.False(running.IsCompleted);
        await WaitAsync(running);
        Assert.True(Intacct.Journal.Count > requests, "The first had nothing more to send.");
        Assert.False(await Process.Queue.RenewAsync(held, Forever));

        while (await other.WorkAsync(this, Forever)) { }

        await RestAsync();
        Assert.Equal(1, Intacct.MaxConcurrencySeen);
        Assert.Equal((uids.Count, uids.Count), (Customers.Count, Intacct.Counters.Creates));
        Assert.All(uids, uid => Assert.Contains(Customers, c => c["CUSTOMERID"] == SageId(uid)));
    }
}
