using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Waiting;

public sealed class ReleasedChildrenTests : IAsyncLifetime
{
    private RoadStand _stand = null!;

    public async Task InitializeAsync()
    {
        _stand = await RoadStand.OpenAsync();
        await _stand
            .Get<ConnectionStore>()
            .ChangeAsync(Some.ConnectionId, c => c with { AccountIdentity = "c-1" }, CancellationToken.None);
        await SaveAsync(
            Some.Entry("a").Sync(Some.Now, "created", "Made.").Handled(["event-a"]) with
            {
                TargetId = "C-1",
            }
        );
        await SaveAsync(Child("c1", "organizations/a"));
        await SaveAsync(Child("c2", "organizations/b"));
        await SaveAsync(Child("c3", "organizations/aa"));
    }

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task What_waits_for_one_that_was_linked_just_before_a_crash_is_freed_when_its_envelope_comes_again()
    {
        Assert.IsType<Settlement.Complete>(await RunAsync(deliveries: 2));
        var freed = Assert.Single(_stand.Queue.Sent).Envelope;
        Assert.Equal(
            (ZuperFlows.Customers, "c1", true, false),
            (freed.Flow, freed.SourceId, freed.Bulk, freed.Requested)
        );
        Assert.Empty(_stand.Flow.Batches);
    }

    [Fact]
    public async Task What_could_not_be_sent_for_is_sent_for_again_and_the_record_stays_done()
    {
        _stand.Queue.Sending = _ => throw new QueueUnavailableException("The disk is full.");
        Assert.IsType<Settlement.Again>(await RunAsync(deliveries: 2));
        Assert.Equal(
            RecordState.Synced,
            (await _stand.Get<KeyMapStore>().GetAsync(Some.Key("a"), CancellationToken.None))!.State
        );
    }

    [Fact]
    public async Task Of_one_that_was_linked_long_ago_nobody_is_looked_for()
    {
        await RunAsync(deliveries: 1, eventId: "event-new");
        Assert.Empty(_stand.Queue.Sent);
        Assert.Single(_stand.Flow.Batches);
    }

    [Fact]
    public async Task A_record_that_goes_on_is_found_by_nobody_any_more()
    {
        var child = (await _stand.Get<KeyMapStore>().GetAsync(Child("c1", "").Key, CancellationToken.None))!;
        Assert.Equal("organizations/a", child.WaitsFor);
        await SaveAsync(child.Sync(Some.Now, "created", "Made."));
        Assert.Empty(
            await _stand
                .Get<KeyMapStore>()
                .WaitingForAsync(Some.ConnectionId, ZuperFlows.Customers, "organizations/a", CancellationToken.None)
        );
        Assert.Equal(
            ["c2"],
            await _stand
                .Get<KeyMapStore>()
                .WaitingForAsync(Some.ConnectionId, ZuperFlows.Customers, "organizations/b", CancellationToken.None)
        );
    }

    private async Task<Settlement> RunAsync(int deliveries, string eventId = "event-a")
    {
        var received = Some.Received(Some.Envelope("a", eventId), deliveries);
        return (await _stand.Get<FlowRunner>().RunAsync([received], CancellationToken.None))[received];
    }

    private static KeyMapEntry Child(string uid, string parent) =>
        new KeyMapEntry { Key = new SyncKey(Some.ConnectionId, ZuperFlows.Customers, uid), WaitsFor = parent }.Need(
            Some.Now,
            Some.Problem("parent-skipped")
        );

    private async Task SaveAsync(KeyMapEntry entry) =>
        Assert.Single(await _stand.Get<KeyMapStore>().SaveAsync([entry], CancellationToken.None));
}
