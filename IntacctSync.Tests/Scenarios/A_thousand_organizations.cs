using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_thousand_organizations : RoadTest
{
    [Fact]
    public async Task Cost_Intacct_hardly_more_than_a_transaction_each_and_nothing_the_second_time()
    {
        await ConnectAsync(webhooks: false);
        MakeThousand();
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();

        Assert.Equal(1000, Customers.Count);
        Assert.InRange(Intacct.Counters.Transactions, 1000, 1050);
        Assert.Equal(1, Intacct.MaxConcurrencySeen);

        var transactions = Intacct.Counters.Transactions;
        var connection = await ConnectionAsync();
        await Process.Get<Backfill>().StartAsync(connection, ZuperFlows.Organizations, null, requested: true, Forever);
        await RestAsync();

        // What a person asks for is looked at in Intacct, many at once, and nothing is written.
        Assert.InRange(Intacct.Counters.Transactions - transactions, 1, 40);
    }

    [Fact]
    public async Task Stay_within_Zupers_limit_without_ever_meeting_a_429()
    {
        Zuper.RequestsPerMinute = 150;
        await ConnectAsync();
        Zuper.WebhooksEnabled = false;
        var uids = MakeThousand();
        Zuper.WebhooksEnabled = true;
        Zuper.Counters.Clear();
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();

        Assert.Equal(1000, Customers.Count);
        Assert.All(uids, uid => Assert.NotNull(SageId(uid)));
        Assert.Equal(0, Zuper.Counters.Throttled);
        Assert.InRange(Zuper.Counters.Requests, 1000, 1100);
    }

    private List<string> MakeThousand() =>
        [
            .. Enumerable
                .Range(0, 1000)
                .Select(i => MakeOrganization($"Company {i}", o => o["organization_email"] = $"ap@company{i}.example")),
        ];
}
