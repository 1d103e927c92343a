using IntacctSync.Simulators;
using IntacctSync.Tests.Support.Broker.Wire;

namespace IntacctSync.Tests.Scenarios.Azure;

/// <summary>The same broker, but over AMQP, with the client library's own processors in each instance.</summary>
public class Two_instances_with_real_session_processors : TwoCompaniesTest
{
    private LoopbackBroker? _wires;

    internal override LoopbackBroker? Wires => _wires ??= new LoopbackBroker(Broker);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Stillness = TimeSpan.FromMilliseconds(50);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _wires!.DisposeAsync();
    }

    [Fact]
    public async Task Work_off_two_companies_and_double_nothing()
    {
        await ConnectBothAsync();
        Intacct.Latency = Latency.OfMilliseconds(30, 40);
        var (one, two) = (StartInstance(), StartInstance());
        var keys = FillBoth(20);
        await RestAsync();

        await AssertNothingDoubledAsync(keys);
        Assert.All(Sides, side => Assert.Equal(1, side.Company.MaxConcurrencySeen));
        Assert.True(one.Settled + two.Settled >= Broker.Taken.Count);
        Assert.Empty(Broker.Buried);
    }

    [Fact]
    public async Task Lose_their_sessions_again_and_again_and_double_nothing()
    {
        await ConnectBothAsync();
        Intacct.Latency = Latency.OfMilliseconds(30, 40);
        var (one, two) = (StartInstance(), StartInstance());
        var (taken, requests) = (0, 0L);
        Meanwhile = () =>
        {
            if (taken >= 5 || Intacct.Counters.Transactions < requests + 4)
                return;
            requests = Intacct.Counters.Transactions;
            bool[] held = [.. Sides.Select(side => Broker.TakeAway(side.Company.Id.ToLowerInvariant()))];
            taken += held.Contains(true) ? 1 : 0;
        };
        var keys = FillBoth(20);
        await RestAsync();

        await AssertNothingDoubledAsync(keys);
        Assert.InRange(taken, 2, 5);
        Assert.All(Sides, side => Assert.Equal(1, side.Company.MaxConcurrencySeen));
        Assert.True(one.Settled + two.Settled > 0);
        Assert.Empty(Broker.Buried);
    }
}
