using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Review;

namespace IntacctSync.Tests.Review;

public sealed class ShownPairsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_can_not_be_read_is_linked_to_nothing_and_named(bool source)
    {
        var pairs = new ShownPairs(new ScriptedComparison());
        var (one, other) = (
            new ComparedRecord("s-1", "One", ["", "", ""]),
            new ComparedRecord("t-1", "One", ["", "", ""])
        );
        var unread = ComparedRecord.Unreadable(source ? "s-1" : "t-1", "One", 3, "TOTAL is 'much'");
        pairs.AddTargets([(source ? other : unread) with { Shows = "s-1" }]);
        pairs.AddSources([source ? unread : one]);
        Assert.Empty(pairs.Clear());
        var left = Assert.Single(pairs.Left);
        Assert.EndsWith("can't be read: TOTAL is 'much'", left.Why, StringComparison.Ordinal);
    }
}
