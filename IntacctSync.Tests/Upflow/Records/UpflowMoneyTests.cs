using System.Globalization;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Tests.Upflow.Records;

public sealed class UpflowMoneyTests
{
    [Theory]
    [InlineData("259.80", "USD", 25980)]
    [InlineData("0.005", "USD", 1)]
    [InlineData("-0.005", "USD", -1)]
    [InlineData("1200", "JPY", 1200)]
    [InlineData("1200.5", "JPY", 1201)]
    [InlineData("12.345", "KWD", 12345)]
    [InlineData("12.345", "kwd", 12345)]
    [InlineData("1.23456", "CLF", 12346)]
    [InlineData("19.99", "XYZ", 1999)]
    public void An_amount_is_counted_in_the_smallest_unit_half_away_from_zero(
        string amount,
        string currency,
        long units
    ) => Assert.Equal(units, UpflowMoney.ToSmallest(decimal.Parse(amount, CultureInfo.InvariantCulture), currency));

    [Theory]
    [InlineData(25980, "USD", "259.80")]
    [InlineData(1200, "JPY", "1200")]
    [InlineData(12345, "KWD", "12.345")]
    public void Units_are_an_amount_again(long units, string currency, string amount) =>
        Assert.Equal(decimal.Parse(amount, CultureInfo.InvariantCulture), UpflowMoney.FromSmallest(units, currency));

    [Fact]
    public void An_amount_that_cannot_be_counted_is_refused() =>
        Assert.Throws<OverflowException>(() => UpflowMoney.ToSmallest(decimal.MaxValue / 1000, "KWD"));
}
