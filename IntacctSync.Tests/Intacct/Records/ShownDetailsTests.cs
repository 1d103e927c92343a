using IntacctSync.Core.Intacct.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct.Records;

public sealed class ShownDetailsTests
{
    /// <summary>Whether the total that Intacct shows counts what is left of a payment is not known.</summary>
    [Fact]
    public void What_is_left_of_a_payment_is_not_missed_among_its_details() =>
        Assert.Equal(
            ShownDetails.All,
            (Some.Payment() with { TrxTotalPaid = 150, TrxTotalDue = 50 }).Shown(own: 70, discounts: 2, all: 100)
        );

    [Theory]
    [InlineData(null, ShownDetails.All)]
    [InlineData(70.0, ShownDetails.All)]
    [InlineData(72.0, ShownDetails.All)]
    [InlineData(100.0, ShownDetails.All)]
    [InlineData(98.0, ShownDetails.All)]
    [InlineData(90.0, ShownDetails.Unclear)]
    [InlineData(100.01, ShownDetails.Some)]
    public void Details_are_whole_where_they_come_to_what_was_paid_with_or_without_credits_and_discounts(
        double? paid,
        ShownDetails expected
    ) =>
        Assert.Equal(
            expected,
            (Some.Payment() with { TrxTotalPaid = (decimal?)paid }).Shown(own: 70, discounts: 2, all: 100)
        );
}
