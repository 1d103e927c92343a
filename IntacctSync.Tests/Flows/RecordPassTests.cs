using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Recoverability;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Flows;

public sealed class RecordPassTests
{
    [Fact]
    public void A_record_whose_decision_throws_ends_alone()
    {
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
        var pass = new RecordPass(new FlowBatch(null!, null!, works), null!, TimeProvider.System);
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
