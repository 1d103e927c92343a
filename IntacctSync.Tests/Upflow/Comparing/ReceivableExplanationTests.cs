using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Upflow.Comparing;

namespace IntacctSync.Tests.Upflow.Comparing;

public sealed class ReceivableExplanationTests
{
    [Theory]
    [InlineData("200.00", "210.00", "140.00", "150.00", "Its total differs by as much.")]
    [InlineData("200.00", "210.00", "140.00", "160.00", "Intacct has applied 20.00 more of it")]
    [InlineData("200.00", "200.00", "140.00", "200.00", "Intacct has applied 60.00 more of it")]
    public void What_is_open_differs_by_the_total_or_by_what_was_applied(
        string total,
        string asked,
        string open,
        string left,
        string told
    ) =>
        Assert.StartsWith(
            told,
            new ReceivableComparison(null!, null!, null!).Explains("open", Of(total, open), Of(asked, left)),
            StringComparison.Ordinal
        );

    private static ComparedRecord Of(string total, string open) =>
        new("1", "INV-1", ["C-1", "INV-1", "2026-03-02", "2026-04-01", "USD", total, open]);
}
