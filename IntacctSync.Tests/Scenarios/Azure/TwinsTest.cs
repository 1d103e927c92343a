using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Storage;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Support.Broker;
using IntacctSync.Tests.Support.Broker.Wire;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Scenarios.Azure;

/// <summary>
/// A road with a broker for its queue and several instances of the pipeline over one store. The process of the road is
/// the front: it takes webhooks and a person's requests, and works off nothing.
/// </summary>
public abstract class TwinsTest : RoadTest
{
    /// <summary>So often nothing moves and no timer is set, before that is believed.</summary>
    private const int Believed = 1000;

    private readonly List<PipelineInstance> _instances = [];
    private readonly Dictionary<CrashSwitch, SwitchableTable> _stores = [];

    protected TwinsTest() => Broker = new StrictBroker(Clock);

    internal StrictBroker Broker { get; }

    internal override LogLevel Logged => LogLevel.Warning;

    /// <summary>Called again and again while the road comes to rest.</summary>
    internal Action? Meanwhile { get; set; }

    internal override IEnvelopeQueue? QueueOf(CrashSwitch process) => new BrokerQueue(Broker, process.ThrowIfDead);

    internal override ITable Interpose(ITable store, CrashSwitch process) =>
        _stores[process] = new SwitchableTable(store);

    /// <summary>The store as an instance reaches it, or does not.</summary>
    internal SwitchableTable StoreOf(PipelineInstance instance) => _stores[instance.Crash];

    internal PipelineInstance StartInstance(int dieAt = 0)
    {
        var instance = new PipelineInstance(this, new CrashSwitch { At = dieAt });
        _instances.Add(instance);
        return instance;
    }

    public override async Task DisposeAsync()
    {
        foreach (var instance in _instances)
            await instance.DisposeAsync();
        Broker.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>
    /// Lets everything happen that is going to: nothing is on the queue any more and nobody is at work.
    /// </summary>
    internal override async Task RestAsync(TimeSpan? within = null)
    {
        await UntilAsync(() => Broker.Count == 0 && _instances.TrueForAll(i => !i.Lives || i.UnderWay == 0), within);
        Assert.All(_instances, i => Assert.Empty(i.Unexpected));
    }

    /// <summary>Lets things happen until it holds, moving the clock when nothing else moves.</summary>
    internal async Task UntilAsync(Func<bool> holds, TimeSpan? within = null)
    {
        var end = Clock.GetUtcNow() + (within ?? TimeSpan.FromHours(6));
        var looks = 0;
        while (true)
        {
            await WebhooksRestingAsync();
            var changed = Motion.Changed;
            Meanwhile?.Invoke();
            if (holds())
                return;
            await Motion.StillAsync(changed);
            if (changed.IsCompleted || (Clock.NextTimerDue is null && ++looks < Believed))
                continue;
            looks = 0;
            Assert.True(
                Clock.NextTimerDue is { } due && due <= end,
                $"Nothing more happens, or not before {end:O}: {Broker.Count} messages are left."
            );
            Clock.AdvanceToNextTimer();
        }
    }

    /// <summary>Instances one after the other, a new one for each that died, until all has come to rest.</summary>
    /// <returns>How many died.</returns>
    internal async Task<int> RestWithOneAfterTheOtherAsync(Func<PipelineInstance> start)
    {
        for (var died = 0; ; died++)
        {
            var instance = start();
            await UntilAsync(
                () => !instance.Lives || (Broker.Count == 0 && instance.UnderWay == 0),
                TimeSpan.FromDays(2)
            );
            if (instance.Lives)
                return died;
            Assert.Empty(instance.Unexpected);
            Clock.Advance(Broker.Rules.LockDuration);
        }
    }

    internal virtual Task WebhooksRestingAsync() => Zuper.WebhooksRestingAsync(Forever);

    internal List<string> MakeOrganizations(int count) =>
        [.. Enumerable.Range(0, count).Select(i => MakeOrganization($"Company {i}"))];

    /// <summary>
    /// Each organization has one customer, which it is linked to on both sides, and no create was sent that made
    /// nothing.
    /// </summary>
    internal async Task AssertEachHasOneCustomerAsync(IReadOnlyList<string> uids)
    {
        foreach (var uid in uids)
        {
            var entry = await EntryAsync(uid);
            Assert.True(
                entry.State == RecordState.Synced,
                $"{uid} is {entry.State}: {entry.Problem} "
                    + $"{string.Join("; ", entry.Timeline.Select(t => t.What + " " + t.Detail))}"
            );
            Assert.Equal(entry.TargetId, SageId(uid));
        }

        Assert.Equal(uids.Count, Customers.Count);
        Assert.Equal(
            Customers.Select(c => c["CUSTOMERID"]).Order(StringComparer.Ordinal),
            uids.Select(u => SageId(u)).Order(StringComparer.Ordinal)
        );
    }
}
