using IntacctSync.Simulators;

namespace IntacctSync.Tests.Scenarios.Azure;

public class Two_instances_work_off_two_companies : TwoCompaniesTest
{
    [Fact]
    public async Task With_one_request_in_flight_per_company_and_nothing_doubled()
    {
        await ConnectBothAsync();
        Intacct.Latency = Latency.OfMilliseconds(300, 400);
        var (one, two) = (StartInstance(), StartInstance());
        var keys = FillBoth(100);
        await RestAsync();

        await AssertNothingDoubledAsync(keys);
        Assert.All(Sides, side => Assert.Equal(1, side.Company.MaxConcurrencySeen));
        Assert.True(one.Settled + two.Settled >= Broker.Taken.Count);
        Assert.Empty(Broker.Buried);
    }

    [Fact]
    public async Task Though_the_sessions_are_taken_from_them_again_and_again_in_the_middle_of_a_request()
    {
        await ConnectBothAsync();
        Intacct.Latency = Latency.OfMilliseconds(300, 400);
        var (one, two) = (StartInstance(), StartInstance());
        var (taken, requests) = (0, 0L);
        Meanwhile = () =>
        {
            // After every fourth request of a company, and fewer times than a message may be delivered.
            if (taken >= 6 || Intacct.Counters.Transactions < requests + 4 || Wire.IsQuiet)
                return;
            requests = Intacct.Counters.Transactions;
            bool[] held = [.. Sides.Select(side => Broker.TakeAway(side.Company.Id.ToLowerInvariant()))];
            taken += held.Contains(true) ? 1 : 0;
        };
        var keys = FillBoth(40);
        await RestAsync();

        await AssertNothingDoubledAsync(keys);
        Assert.Equal(6, taken);
        Assert.All(Sides, side => Assert.Equal(1, side.Company.MaxConcurrencySeen));
        Assert.True(one.Settled > 0 && two.Settled > 0, $"One settled {one.Settled}, the other {two.Settled}.");
        Assert.True(one.NotSettled + two.NotSettled > 0, "No lock was lost while a message was handled.");
        Assert.Empty(Broker.Buried);
    }
}
