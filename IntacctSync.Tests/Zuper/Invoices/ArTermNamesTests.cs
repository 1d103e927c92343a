using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Tests.Zuper.Invoices;

public sealed class ArTermNamesTests
{
    [Theory]
    [InlineData("Net 30", "Net 30")]
    [InlineData("NET 30", "NET 30")]
    [InlineData("net 30", null)]
    [InlineData("net  45", "Net 45")]
    [InlineData("Net 60", null)]
    public void A_term_is_taken_as_it_is_spelled_then_the_only_other_one_and_of_several_none(
        string wanted,
        string? expected
    ) => Assert.Equal(expected, ArTermNames.Among(["Net 30", "NET 30", "Net 45"], wanted));
}
