using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Detection;

public sealed class PersonRequestsTests : IAsyncLifetime
{
    private RoadStand _stand = null!;

    public async Task InitializeAsync() => _stand = await RoadStand.OpenAsync();

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task An_activation_reads_each_feed_at_once_though_a_poll_was_put_aside()
    {
        await _stand
            .Get<Poller>()
            .TickAsync([ZuperFlows.Organizations], _stand.Clock.GetUtcNow(), CancellationToken.None);
        _stand.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await _stand.Get<PersonRequests>().ActivateAsync(Some.ConnectionId, CancellationToken.None));
        Assert.Equal(2, _stand.Queue.Sent.Count(s => s.Envelope.Feed == "organizations"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_retry_that_is_worked_off_before_its_row_is_written_stays_done(bool ignored)
    {
        var entry = Some.Entry("a").Need(Some.Now, Some.Problem()) with { Ignored = ignored };
        await _stand.Get<KeyMapStore>().SaveAsync([entry], CancellationToken.None);
        _stand.Flow.Run = async (batch, _) =>
        {
            var done = batch.Records[0].Entry.Sync(Some.Now, "created", "Made.").Handled(batch.Records[0].EventIds);
            await _stand.Get<KeyMapStore>().SaveAsync([done], CancellationToken.None);
            return StubFlow.Done(batch);
        };
        _stand.Queue.Sending = async _ =>
            await _stand
                .Get<FlowRunner>()
                .RunAsync([Some.Received(_stand.Queue.Sent[^1].Envelope)], CancellationToken.None);

        var connection = (await _stand.Get<ConnectionStore>().GetAsync(Some.ConnectionId, CancellationToken.None))!;
        Assert.True(
            await _stand
                .Get<PersonRequests>()
                .RetryAsync(connection, ZuperFlows.Organizations, "a", CancellationToken.None)
        );
        Assert.Single(_stand.Flow.Batches);
        var row = (await _stand.Get<KeyMapStore>().GetAsync(Some.Key("a"), CancellationToken.None))!;
        Assert.Equal((RecordState.Synced, false), (row.State, row.Ignored));
    }
}
