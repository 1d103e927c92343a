namespace IntacctSync.Tests.Scenarios.Azure;

public class An_instance_dies_and_the_other_takes_over : TwinsTest
{
    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(75)]
    [InlineData(110)]
    public async Task Wherever_it_was_when_it_settled_nothing_more(int step)
    {
        await ConnectAsync();
        var first = StartInstance(dieAt: step);
        var uids = MakeOrganizations(40);
        await UntilAsync(() => !first.Lives);
        var left = Broker.Count;
        var second = StartInstance();
        await RestAsync();

        Assert.True(left > 0, "It had settled everything before it died.");
        Assert.True(second.Settled >= left, $"{second.Settled} of {left} were settled by the one that was left.");
        await AssertEachHasOneCustomerAsync(uids);
        Assert.Equal(1, Intacct.MaxConcurrencySeen);
        Assert.Empty(Broker.Buried);
    }

    [Fact]
    public async Task While_both_are_at_work()
    {
        await ConnectAsync();
        var (first, second) = (StartInstance(), StartInstance());
        Meanwhile = () =>
        {
            // Whoever has the session first dies with half of the customers made.
            if (first.Lives && second.Lives && Customers.Count >= 20)
                (first.Holds("sandbox") ? first : second).Crash.Die("in the middle");
        };
        var uids = MakeOrganizations(40);
        await RestAsync();

        Assert.True(first.Lives != second.Lives);
        await AssertEachHasOneCustomerAsync(uids);
        Assert.Empty(Broker.Buried);
    }
}
