using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Review;

namespace IntacctSync.Tests.Review;

public sealed class ComparisonTallyTests
{
    private static readonly DateOnly Day = new(2026, 2, 3);

    [Fact]
    public void What_names_no_currency_is_added_to_the_only_one_that_is_named()
    {
        var sum = Assert.Single(Sums(Of(240, "USD"), Of(10, null)));
        Assert.Equal(("USD", 2, 250m), (sum.Currency, sum.SourceCount, sum.SourceSum));
    }

    [Fact]
    public void Where_two_currencies_are_named_it_stands_by_itself() =>
        Assert.Equal(
            ["", "EUR", "USD"],
            Sums(Of(240, "USD"), Of(10, null), Of(5, "EUR")).Select(s => s.Currency).Order(StringComparer.Ordinal)
        );

    private static IReadOnlyCollection<ComparedSum> Sums(params ComparedRecord[] sources)
    {
        var tally = new ComparisonTally(new ComparedScope(null!, null!), "invoices", "Intacct");
        foreach (var source in sources)
            tally.AddUp(source, null);
        return tally.Sums;
    }

    private static ComparedRecord Of(decimal amount, string? currency) =>
        new("1", "1", [])
        {
            Amount = amount,
            Currency = currency,
            Date = Day,
        };
}
