using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Core.Waiting;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Payments;

/// <summary>
/// 100.00 USD were taken in Upflow on 2026-03-02, for the invoices 1 and 2, and somebody has entered a payment.
/// </summary>
public sealed class TakenPaymentTests
{
    private static readonly IReadOnlyDictionary<string, long> Two = new Dictionary<string, long>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["id-1"] = 6000,
        ["id-2"] = 4000,
    };

    private const string Customer = "HARBOR";

    private static readonly TakenPayment Taken = new(
        "p-1",
        "c-1",
        "USD",
        10000,
        new DateOnly(2026, 3, 2),
        "pi_77",
        Two
    );

    [Fact]
    public void One_of_its_number_that_pays_the_same_is_it()
    {
        var payment = Entered("pi_77", null, ("1", 60), ("2", 40));
        Assert.True(Taken.IsPostedAs(payment, receipts: false));
        Assert.False((Taken with { Reference = "pi_78" }).IsPostedAs(payment, receipts: false));
        Assert.False((Taken with { Reference = null }).IsPostedAs(payment, receipts: false));
        Assert.False((Taken with { Amount = 9999 }).IsPostedAs(payment, receipts: false));
        Assert.False((Taken with { Currency = "EUR" }).IsPostedAs(payment, receipts: false));
    }

    [Fact]
    public void One_of_its_number_that_pays_otherwise_may_be_it()
    {
        var payment = Entered("pi_77", null, ("3", 100));
        Assert.False(Taken.IsPostedAs(payment, receipts: true));
        Assert.True(Taken.IsLike(payment, byAmount: true));
        Assert.False((Taken with { Reference = "pi_78" }).IsLike(payment, byAmount: true));
    }

    [Fact]
    public void One_that_bears_its_mark_is_it_as_far_as_its_receipt_tells_what_differs()
    {
        var payment = Entered("web 17", ReceiptKey.DescriptionOf("p-1"), ("3", 100));
        Assert.True(Taken.IsPostedAs(payment, receipts: true));
        Assert.False(Taken.IsPostedAs(payment, receipts: false));
        Assert.True(Taken.IsLike(payment, byAmount: true));
        Assert.False((Taken with { Id = "p-2" }).IsLike(payment, byAmount: true));
    }

    [Theory]
    [InlineData("1", 60, true)]
    [InlineData("1", 40, false)]
    [InlineData("3", 60, false)]
    public void One_that_gives_an_invoice_just_the_same_may_be_it(string invoice, int amount, bool expected) =>
        Assert.Equal(expected, Taken.IsLike(Entered("web 17", null, (invoice, amount)), byAmount: true));

    [Theory]
    [InlineData(10000, true)]
    [InlineData(9000, false)]
    public void One_of_its_amount_may_be_it_while_it_is_linked_to_nothing(long amount, bool expected)
    {
        var loose = Taken with { Amount = amount, Links = new Dictionary<string, long>(StringComparer.Ordinal) };
        Assert.Equal(expected, loose.IsLike(Entered("web 17", null, ("3", 100)), byAmount: true));
    }

    [Fact]
    public void One_of_its_amount_of_another_customer_or_of_long_ago_or_done_with_is_not_it()
    {
        var loose = Taken with { Links = new Dictionary<string, long>(StringComparer.Ordinal) };
        var payment = Entered("web 17", null, ("3", 100));
        Assert.True(loose.IsLike(payment, byAmount: true));
        Assert.True((loose with { CustomerId = null }).IsLike(payment, byAmount: true));
        Assert.False((loose with { CustomerId = "c-2" }).IsLike(payment, byAmount: true));
        Assert.False((loose with { Date = new DateOnly(2024, 3, 2) }).IsLike(payment, byAmount: true));
        Assert.False(loose.IsLike(payment, byAmount: false));
    }

    [Fact]
    public void One_of_its_number_and_amount_that_pays_nothing_either_is_it_for_the_same_customer_only()
    {
        var loose = Taken with { Links = new Dictionary<string, long>(StringComparer.Ordinal) };
        Assert.True(loose.IsPostedAs(Entered("pi_77", null), receipts: false));
        Assert.False((loose with { CustomerId = "c-2" }).IsPostedAs(Entered("pi_77", null), receipts: false));
    }

    [Theory]
    [InlineData("2026-04-02", true)]
    [InlineData("2026-04-03", false)]
    [InlineData(null, true)]
    public void One_that_was_entered_more_than_a_month_before_is_not_it(string? date, bool expected)
    {
        var taken = Taken with { Date = date is null ? null : DateOnly.Parse(date, CultureInfo.InvariantCulture) };
        Assert.Equal(expected, taken.IsLike(Entered("web 17", null, ("1", 60)), byAmount: true));
    }

    [Theory]
    [InlineData("""{"id": "p-1", "amount": 100, "status": "FAILED"}""")]
    [InlineData("""{"id": "p-1", "amount": 100, "externalId": "ARPYMT-1"}""")]
    public void What_did_not_come_or_came_from_accounting_was_not_taken(string json) =>
        Assert.Null(TakenPayment.Of(new UpflowRead(JsonElement.Parse(json))));

    private static PaymentFacts Entered(string number, string? description, params (string Invoice, int Amount)[] parts)
    {
        IReadOnlyList<AppliedPart> applied =
        [
            .. parts.Select(p => new AppliedPart(AppliedCredit.Money, p.Invoice, p.Amount)),
        ];
        return new PaymentFacts
        {
            SourceId = "553",
            Payment = Some.Payment() with
            {
                CustomerId = Customer,
                DocNumber = number,
                Description = description,
                Currency = "USD",
                TrxTotalEntered = 100,
            },
            Parts = applied,
            Known = new KnownCounterparts(
                new UpflowConnectionSettings(),
                applied
                    .Select(PaymentFacts.Receivable)
                    .Append(new ParentKey(UpflowFlows.Customers, Customer))
                    .ToDictionary(
                        r => r,
                        r => new KeyMapEntry
                        {
                            Key = new SyncKey(ConnectionId.Parse("main"), r.Flow, r.SourceId),
                            TargetId = r.SourceId == Customer ? "c-1" : $"ID-{r.SourceId}",
                        }
                    )
            ),
            DefaultCurrency = "USD",
        };
    }
}
