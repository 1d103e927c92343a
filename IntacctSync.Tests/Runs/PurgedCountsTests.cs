using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Runs;

public sealed class PurgedCountsTests : IAsyncLifetime
{
    private RoadStand _stand = null!;

    public async Task InitializeAsync() => _stand = await RoadStand.OpenAsync();

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task A_connection_that_is_purged_and_made_again_keeps_its_counts_from_the_first_record_on()
    {
        var partition = KeyMapRow.Partition(Some.ConnectionId, ZuperFlows.Organizations);
        for (var i = 0; i < 2; i++)
        {
            await _stand
                .Get<KeyMapStore>()
                .SaveAsync([Some.Entry().Sync(Some.Now, "created", "C-1")], CancellationToken.None);
            Assert.NotNull(await _stand.Get<ITable>().TotalAsync(partition, CancellationToken.None));
            var purged = await _stand.Get<ConnectionPurge>().PurgeAsync(Some.ConnectionId, CancellationToken.None);
            Assert.Equal(PurgeOutcome.Done, purged);
            Assert.Null(await _stand.Get<ITable>().TotalAsync(partition, CancellationToken.None));
            await _stand.ConnectAsync(Some.ConnectionId);
        }
    }
}
