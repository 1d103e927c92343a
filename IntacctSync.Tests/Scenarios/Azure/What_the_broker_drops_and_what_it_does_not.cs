using IntacctSync.Core.Detection;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Intacct.Gateway;

namespace IntacctSync.Tests.Scenarios.Azure;

public class What_the_broker_drops_and_what_it_does_not : TwinsTest
{
    [Fact]
    public async Task A_webhook_that_is_told_twice_is_one_message()
    {
        await ConnectAsync();
        Zuper.Screens.Subscribe(new Uri($"http://road.test/api/webhooks/{Id}"), HookSecret, "organization.new");
        var uid = MakeOrganization("Harbor Dental Group");
        await WebhooksRestingAsync();
        Assert.Single(Broker.Taken);
        Assert.Equal(Broker.Taken[0].MessageId, Assert.Single(Broker.Dropped).MessageId);

        StartInstance();
        StartInstance();
        await RestAsync();
        await AssertEachHasOneCustomerAsync([uid]);
    }

    [Fact]
    public async Task A_retry_is_never_dropped_and_comes_when_it_is_due()
    {
        await ConnectAsync();
        Intacct.Faults.Add(new() { Fault = IntacctFaults.TooManyRequests, Times = 0 });
        StartInstance();
        StartInstance();
        var uid = MakeOrganization("Harbor Dental Group");
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await UntilAsync(() => Broker.Taken.Count > attempt);
            var due = Broker.Taken[attempt].ScheduledEnqueueTime!.Value;
            var requests = Intacct.Journal.Count;
            await UntilAsync(() => Intacct.Journal.Count > requests);
            Assert.InRange(Intacct.Journal.Entries[^1].At, due, due.AddMinutes(1));
        }

        Intacct.Faults.Clear();
        await RestAsync();
        Assert.Empty(Broker.Dropped);
        var attempts = Broker.Taken.Select(m => BrokerMessages.TryRead(m.Body)!).ToList();
        attempts.RemoveAll(a => a.EventId != attempts[0].EventId);
        Assert.Equal(Enumerable.Range(0, attempts.Count), attempts.Select(a => a.Attempt));
        await AssertEachHasOneCustomerAsync([uid]);
    }

    [Fact]
    public async Task A_tick_that_both_instances_see_is_one_poll_per_feed()
    {
        await ConnectAsync(webhooks: false);
        var (one, two) = (StartInstance(), StartInstance());
        var uids = MakeOrganizations(3);
        Clock.Advance(TimeSpan.FromMinutes(10));
        var tick = Clock.GetUtcNow();
        await Task.WhenAll(
            one.Get<Poller>().TickAsync(ZuperFlows.OfZuper, tick, Forever),
            two.Get<Poller>().TickAsync(ZuperFlows.OfZuper, tick, Forever)
        );
        var polls = Broker.Taken.Where(m => m.Subject.StartsWith("poll ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(polls);
        Assert.Equal(polls.Count, polls.DistinctBy(m => m.Subject).Count());
        await RestAsync();
        await AssertEachHasOneCustomerAsync(uids);
    }

    [Fact]
    public async Task A_crash_between_the_next_attempt_and_the_completion_of_the_old_one_leaves_both_and_does_no_harm()
    {
        await ConnectAsync();
        Intacct.Faults.Add(new() { Fault = IntacctFaults.TooManyRequests, Times = 1 });
        var first = StartInstance();
        first.BetweenSendAndComplete = _ => first.Crash.Die("between send and complete");
        var uid = MakeOrganization("Harbor Dental Group");
        await UntilAsync(() => !first.Lives);
        Assert.Equal(2, Broker.Count);

        StartInstance();
        await RestAsync();
        await AssertEachHasOneCustomerAsync([uid]);
        Assert.Equal(1, Intacct.Counters.Creates);
        Assert.Empty(Broker.Buried);
    }
}
