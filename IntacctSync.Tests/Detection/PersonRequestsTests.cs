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
