using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Review;

public sealed class RehearsedRoadTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();
    private readonly StubFlow _flow = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task What_was_refused_half_way_begins_anew_when_it_is_rehearsed_again()
    {
        var keyMap = new KeyMapStore(new RehearsedTable(_stand.Table));
        var targets = new List<string?>();
        var limit = new Failure(FailureClass.Throttled, new Problem("zuper-throttled", "", "")) { NotNow = true };
        _flow.Run = async (batch, token) =>
        {
            targets.AddRange(batch.Records.Select(r => r.Entry.TargetId));
            await keyMap.SaveAsync([.. batch.Records.Select(r => r.Entry with { TargetId = "new-1" })], token);
            return targets.Count == 1
                ? batch.Records.ToDictionary(r => r.SourceId, Failure? (_) => limit, StringComparer.Ordinal)
                : StubFlow.Done(batch);
        };
        await using var parts = new ServiceCollection().BuildServiceProvider();
        await using var road = new RehearsedRoad([_flow], keyMap, new Rehearsal(), _stand.Clock, parts);

        Assert.Null((await RunAsync(road)).Before.TargetId);
        var again = await RunAsync(road);

        Assert.Equal([null, null], targets);
        Assert.Equal((null, "new-1"), (again.Before.TargetId, again.After.TargetId));
    }

    private static async Task<RehearsedRecord> RunAsync(RehearsedRoad road) =>
        Assert.Single(
            await road.RunAsync(
                new Connection
                {
                    Id = Some.ConnectionId,
                    Settings = new ZuperConnectionSettings(),
                    CreatedAt = Some.Now,
                },
                new ConnectionAccess(
                    Some.IntacctCredentials(),
                    new UpflowAccount(new Uri("https://api.upflow.io/v1"), "the-key", "the-secret")
                ),
                ZuperFlows.Organizations,
                ["o-1"],
                requested: false,
                CancellationToken.None
            )
        );
}
