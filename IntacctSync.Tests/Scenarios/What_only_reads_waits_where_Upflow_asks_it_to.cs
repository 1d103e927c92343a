using IntacctSync.Simulators;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class What_only_reads_waits_where_Upflow_asks_it_to : ReceivablesRoadTest
{
    [Fact]
    public async Task A_comparison_goes_on_where_it_stood()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        Upflow.Faults.Add(new FaultRule { Fault = UpflowFaults.Http429, Times = 2 }.With("retryAfter", 40));
        var began = Clock.GetUtcNow();
        var (summary, differences) = await Process.ReconcileAsync(await ConnectionAsync(), PassAsync);
        Assert.Equal([], differences);
        Assert.True(summary["equal"]!.GetValue<bool>(), summary.ToJsonString());
        Assert.True(Clock.GetUtcNow() - began >= TimeSpan.FromSeconds(40), "It did not wait as long as it was asked.");
    }
}
