using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Flows;

public sealed class RecordPassTests
{
    [Fact]
    public async Task A_record_whose_decision_throws_ends_alone()
    {
        await using var stand = new StoreStand();
        var pass = new RecordPass(Batch("one", "two", "three"), new KeyMapStore(stand.Table), stand.Clock);
        var decisions = pass.Decide(
            pass.Open,
            w =>
                w.SourceId == "two"
                    ? throw new FormatException("A number that is none.")
                    : w.SourceId.ToUpperInvariant()
        );
        Assert.Equal(["ONE", "THREE"], decisions.Values.Order(StringComparer.Ordinal));
        Assert.Equal(FailureClass.Unknown, pass.Failures["two"]!.Class);
        Assert.Equal(["one", "three"], pass.Open.Select(w => w.SourceId));
    }

    [Fact]
    public async Task An_amount_that_can_not_be_counted_with_ends_its_record_and_no_other()
    {
        await using var stand = new StoreStand();
        var keyMap = new KeyMapStore(stand.Table);
        var failures = await RecordPass.RunAsync(
            Batch("done", "one", "huge", "two"),
            keyMap,
            stand.Clock,
            NullLogger.Instance,
            async pass =>
            {
                if (pass.IsOpen("done") && pass.Batch.Records.Any(w => w.SourceId == "done"))
                    await pass.SaveFinalAsync([pass["done"].Sync(Some.Now, "x", "x")], CancellationToken.None);
                if (pass.Open.Any(w => w.SourceId == "huge"))
                    throw new OverflowException();
                await pass.SaveFinalAsync(
                    [.. pass.Open.Select(w => pass[w.SourceId].Sync(Some.Now, "x", "x"))],
                    CancellationToken.None
                );
            },
            CancellationToken.None
        );
        Assert.Equal("amount-out-of-range", failures["huge"]!.Problem.Code);
        Assert.All(["done", "one", "two"], id => Assert.Null(failures[id]));
        var rows = await keyMap.GetManyAsync(
            Some.ConnectionId,
            Some.Entry().Key.Flow,
            ["done", "one", "two"],
            CancellationToken.None
        );
        Assert.All(rows.Values, row => Assert.Equal(RecordState.Synced, row.State));
    }

    private static FlowBatch Batch(params IReadOnlyList<string> ids) =>
        new(
            Some.Connection(),
            new ConnectionAccess(Some.IntacctCredentials(), Some.ZuperAccount()),
            [
                .. ids.Select(id => new RecordWork(
                    new KeyMapEntry { Key = Some.Entry().Key with { SourceId = id } },
                    [],
                    Some.Now,
                    false,
                    false
                )),
            ]
        );
}
