using IntacctSync.Simulators;

namespace IntacctSync.Tests.Scenarios.Azure;

public class A_session_lock_is_lost_in_the_middle_of_a_batch : TwinsTest
{
    private const string Session = "sandbox";

    [Fact]
    public async Task The_companys_lease_keeps_the_new_holder_waiting_until_the_old_one_has_done()
    {
        await ConnectAsync();
        Intacct.Latency = Latency.OfMilliseconds(800);
        var first = StartInstance();
        var uids = MakeOrganizations(40);
        await UntilAsync(() => Customers.Count >= 10 && !Wire.IsQuiet);
        Assert.True(first.Holds(Session));
        var handled = first.UnderWay;

        var second = StartInstance();
        Assert.True(Broker.TakeAway(Session));

        // Whoever asks first gets a session that nobody holds: it is to be the other one.
        Meanwhile = () =>
        {
            if (first.Holds(Session))
                Broker.TakeAway(Session);
        };
        await UntilAsync(() => second.Settled > 0);
        Meanwhile = null;

        // It has sent nothing yet: what it settled, it put off.
        Assert.True(first.UnderWay > 0, "The one that lost the session had done already.");
        Assert.Contains(Broker.Taken, m => m.ScheduledEnqueueTime is not null);
        await RestAsync();

        Assert.True(
            first.NotSettled >= handled,
            $"{first.NotSettled} of {handled} were not settled by the one that had lost them."
        );
        Assert.Equal(1, Intacct.MaxConcurrencySeen);
        await AssertEachHasOneCustomerAsync(uids);
        Assert.Equal(uids.Count, Intacct.Counters.Creates);
    }

    [Fact]
    public async Task One_that_can_not_renew_its_lease_either_sends_nothing_more()
    {
        await ConnectAsync();
        Intacct.Latency = Latency.OfMilliseconds(800);
        var first = StartInstance();
        var uids = MakeOrganizations(40);
        await UntilAsync(() => Customers.Count >= 10 && !Wire.IsQuiet);

        // It is cut off from the store and the queue, in the middle of a request, and lives on.
        StoreOf(first).Down = true;
        Assert.True(Broker.TakeAway(Session));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => first.UnderWay == 0, TimeSpan.FromMinutes(30));
        var made = Customers.Count;
        var second = StartInstance();
        await UntilAsync(() => second.Settled >= uids.Count);
        StoreOf(first).Down = false;
        await RestAsync();

        Assert.InRange(made, 10, uids.Count - 1);
        Assert.Equal(1, Intacct.MaxConcurrencySeen);
        await AssertEachHasOneCustomerAsync(uids);
        Assert.Equal(uids.Count, Intacct.Counters.Creates);
    }
}
