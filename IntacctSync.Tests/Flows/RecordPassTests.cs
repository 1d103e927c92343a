using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Flows;

public sealed class RecordPassTests
{
    [Fact]
    public async Task A_record_whose_decision_throws_ends_alone()
    {
        await using var stand = new StoreStand();
        RecordWork[] works =
        [
            .. new[] { "one", "two", "three" }.Select(id => new RecordWork(
                Some.Entry() with
                {
                    Key = Some.Entry().Key with { SourceId = id },
                },
                [],
                Some.Now,
                false,
                false
            )),
        ];
        var connection = new Connection
        {
            Id = Some.ConnectionId,
            Settings = Some.Settings(),
            CreatedAt = Some.Now,
        };
        var access = new ConnectionAccess(Some.IntacctCredentials(), Some.ZuperAccount());
        var batch = new FlowBatch(connection, access, works);
        var pass = new RecordPass(batch, new KeyMapStore(stand.Table), stand.Clock);
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
}
