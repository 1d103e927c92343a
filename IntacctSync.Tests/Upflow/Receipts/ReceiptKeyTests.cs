using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Upflow.Receipts;

namespace IntacctSync.Tests.Upflow.Receipts;

public sealed class ReceiptKeyTests
{
    private static readonly ReceiptKey Own = new("C-1", "pi_1", 100m, "USD", ReceiptKey.MarkOf("p-1"));

    [Theory]
    [InlineData("pi_1", "100", "USD")]
    [InlineData("a|b", "10.5", "KWD")]
    public void A_key_that_was_stored_is_read_as_it_was(string number, string amount, string currency)
    {
        var key = Own with
        {
            DocNumber = number,
            Amount = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture),
            Currency = currency,
        };
        Assert.Equal(key, ReceiptKey.Parse(key.ToString()));
    }

    [Fact]
    public void A_key_that_was_stored_before_it_named_a_currency_fits_any_without_a_mark()
    {
        var old = ReceiptKey.Parse("C-1|pi_1|100");
        Assert.True(old.MayBe(Own with { Mark = null }));
        Assert.True(old.MayBe(Own with { Mark = null, Currency = "EUR" }));
        Assert.False(old.MayBe(Own));
    }

    [Theory]
    [InlineData("C-1", "pi_1", "100", "USD", true)]
    [InlineData("c-1", "pi_1", "100.00", "usd", true)]
    [InlineData("C-2", "pi_1", "100", "USD", false)]
    [InlineData("C-1", "PI_1", "100", "USD", false)]
    [InlineData("C-1", "pi_1", "99.99", "USD", false)]
    [InlineData("C-1", "pi_1", "100", "EUR", false)]
    [InlineData("C-1", "pi_1", "100", null, true)]
    public void A_payment_in_Intacct_is_known_again_by_four_things(
        string customer,
        string number,
        string amount,
        string? currency,
        bool fits
    )
    {
        var payment = new PaymentRecord
        {
            RecordNo = "9",
            CustomerId = customer,
            DocNumber = number,
            Currency = currency,
            TrxTotalEntered = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture),
        };
        Assert.Equal(fits, Own.MayBe(ReceiptKey.Of(payment, "USD")!));
        Assert.Equal(
            fits,
            Own.MayBe(ReceiptKey.Of(payment with { Description = ReceiptKey.DescriptionOf("p-1") }, "USD")!)
        );
        Assert.False(Own.MayBe(ReceiptKey.Of(payment with { Description = ReceiptKey.DescriptionOf("p-2") }, "USD")!));
    }

    [Fact]
    public void Each_receipt_gets_the_payment_with_its_mark_and_what_has_none_goes_to_one_only()
    {
        var other = Own with { Mark = ReceiptKey.MarkOf("p-2") };
        var unmarked = Own with { Mark = null };
        string[] wanted = [Own.ToString(), other.ToString()];
        var both = ReceiptKey.Assign(wanted, [(other, "1"), (Own, "2")]);
        Assert.Equal(("2", "1"), (both[Own.ToString()], both[other.ToString()]));
        var one = ReceiptKey.Assign(wanted, [(unmarked, "1"), (other, "2")]);
        Assert.Equal(("1", "2"), (one[Own.ToString()], one[other.ToString()]));
        Assert.Single(ReceiptKey.Assign(wanted, [(unmarked, "1")]));
    }

    [Fact]
    public void A_payment_without_a_customer_or_a_number_has_no_key()
    {
        Assert.Null(ReceiptKey.Of(new PaymentRecord { RecordNo = "9", CustomerId = "C-1" }, "USD"));
        Assert.Null(ReceiptKey.Of(new PaymentRecord { RecordNo = "9", DocNumber = "pi_1" }, "USD"));
    }
}
