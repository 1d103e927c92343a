using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Transactions_are_counted_by_what_they_were_for : RoadTest
{
    [Fact]
    public async Task What_a_flow_writes_is_its_own()
    {
        await ConnectAsync(s => s with { SyncProducts = false, SyncPayments = false });
        MakeOrganization("Harbor Dental Group");
        await RestAsync();
        var used = await UsedAsync();
        Assert.True(used.ByFlow["organizations"] is { Writes: > 0 }, $"{string.Join("; ", used.ByFlow)}");
        Assert.DoesNotContain(TransactionPurpose.Other, used.ByFlow.Keys);
    }

    [Fact]
    public async Task What_a_reading_of_Intacct_costs_is_that_of_its_feed()
    {
        await ConnectAsync();
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfIntacct, Clock.GetUtcNow(), Forever);
        await RestAsync();
        var used = await UsedAsync();
        Assert.True(used.ByFlow["products"] is { Reads: > 0, Writes: 0 }, $"{string.Join("; ", used.ByFlow)}");
        Assert.True(used.ByFlow["payments"] is { Reads: > 0, Writes: 0 }, $"{string.Join("; ", used.ByFlow)}");
        Assert.DoesNotContain(TransactionPurpose.Other, used.ByFlow.Keys);
    }

    private Task<TransactionsByFlow> UsedAsync() =>
        Process.Get<TransactionTally>().ReadByFlowAsync(new CompanyId("sandbox"), Clock.GetUtcNow(), Forever);
}
