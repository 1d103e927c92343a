using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Core.Waiting;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Payments;

/// <summary>Intacct keeps two decimals for any currency; Upflow has whole units.</summary>
public sealed class PaymentRoundingTests
{
    private const string Memo = "ARADJUSTMENT-8";

    [Theory]
    [InlineData("JPY", "1200", true)]
    [InlineData("JPY", "1000.50", false)]
    [InlineData("USD", "10.05", true)]
    [InlineData("USD", "10.005", false)]
    [InlineData("KWD", "10.005", true)]
    public void A_whole_number_of_the_smallest_unit_is_told(string currency, string amount, bool whole) =>
        Assert.Equal(whole, UpflowMoney.IsWhole(decimal.Parse(amount, CultureInfo.InvariantCulture), currency));

    [Fact]
    public void A_payment_of_all_of_a_document_comes_out_even() =>
        Assert.Equal("M payment 1001, M_1 1001", Carried(1000.50m, Of("1", 1000.50m, 1000.50m)));

    /// <summary>Rounded as a whole it would be 1,001, and one yen would stay unlinked.</summary>
    [Fact]
    public void The_money_is_what_its_rounded_parts_come_to() =>
        Assert.Equal(
            "M payment 1000, M_1 500, M_2 500",
            Carried(1000.50m, Of("1", 500.25m, 500.25m), Of("2", 500.25m, 500.25m))
        );

    [Fact]
    public void What_is_left_is_rounded_by_itself() =>
        Assert.Equal("M payment 701, M_1 501", Carried(700.75m, Of("1", 500.50m, 500.50m)));

    [Fact]
    public void Money_and_a_discount_that_come_to_a_whole_come_out_even() =>
        Assert.Equal(
            "D_1 credit note 500, M payment 500, D_1 500, M_1 500",
            Carried(499.75m, Of("1", 499.75m, 1000m), Of("1", 500.25m, 1000m, CreditKind.Discount))
        );

    [Theory]
    [InlineData("500.25", "1000.50")]
    [InlineData("333.50", "1000.50")]
    [InlineData("333.33", "1000")]
    public void A_part_of_a_document_that_would_not_come_out_even_needs_a_person(string part, string all)
    {
        var amount = decimal.Parse(part, CultureInfo.InvariantCulture);
        var problem = Asked(amount, Of("1", amount, decimal.Parse(all, CultureInfo.InvariantCulture)));
        Assert.Equal("payment-amount-uneven", problem.Code);
        Assert.Contains($"{part} JPY", problem.Message, StringComparison.Ordinal);
        Assert.Contains("RECORDNO 1:", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_discount_that_leaves_a_rest_by_rounding_needs_a_person() =>
        Assert.Equal(
            "payment-amount-uneven",
            Asked(980.49m, Of("1", 980.49m, 1000.50m), Of("1", 20.01m, 1000.50m, CreditKind.Discount)).Code
        );

    [Fact]
    public void A_credit_is_used_up_or_needs_a_person()
    {
        Assert.Equal("C_ARADJUSTMENT-8_1 501", Carried(0, Of("1", 500.50m, 500.50m, CreditKind.CreditNote, -500.50m)));
        Assert.Equal("payment-amount-uneven", Asked(0, Of("1", 500.50m, 500.50m, CreditKind.CreditNote, -900m)).Code);
    }

    [Fact]
    public void Whole_amounts_are_never_asked_about() =>
        Assert.Equal("M payment 400, M_1 400", Carried(400m, Of("1", 400m, 1000.50m)));

    private static (AppliedPart Part, decimal All, decimal? Credit) Of(
        string receivable,
        decimal amount,
        decimal all,
        CreditKind kind = CreditKind.Money,
        decimal? credit = null
    ) => (new AppliedPart(new AppliedCredit(kind, credit is null ? null : Memo), receivable, amount), all, credit);

    private static string Carried(decimal entered, params (AppliedPart, decimal, decimal?)[] parts)
    {
        var wanted = Assert.IsType<PaymentDecision.Carry>(Decide(entered, parts)).Wanted;
        return string.Join(
            ", ",
            wanted
                .Documents.Select(d => $"{d.Key} {d.Value.Name} {AmountOf(d.Value)}")
                .Concat(wanted.Links.Select(l => $"{l.Key} {l.Value.Amount}"))
        );
    }

    private static Problem Asked(decimal entered, params (AppliedPart, decimal, decimal?)[] parts) =>
        Assert.IsType<PaymentDecision.Reject>(Decide(entered, parts)).Failure.Problem;

    private static long AmountOf(StandingDocument document) =>
        document switch
        {
            StandingDocument.Payment payment => payment.Value.Amount,
            StandingDocument.CreditNote note => note.Value.GrossAmount,
            _ => 0,
        };

    private static PaymentDecision Decide(decimal entered, (AppliedPart Part, decimal All, decimal? Credit)[] parts)
    {
        var amounts = new Dictionary<ParentKey, decimal> { [new(UpflowFlows.Customers, "C1")] = 0 };
        foreach (var (part, all, credit) in parts)
        {
            amounts[PaymentFacts.Receivable(part)] = all;
            if (PaymentFacts.CreditOf(part) is { } of)
                amounts[of] = credit!.Value;
        }

        return PaymentDecision.For(
            Standing.None,
            new PaymentFacts
            {
                SourceId = "900",
                Payment = Some.Payment("Complete") with
                {
                    RecordNo = "900",
                    CustomerId = "C1",
                    Currency = "JPY",
                    TrxTotalEntered = entered,
                    ReceiptDate = new DateOnly(2026, 3, 2),
                },
                Parts = [.. parts.Select(p => p.Part)],
                Known = new KnownCounterparts(
                    new UpflowConnectionSettings(),
                    amounts.ToDictionary(
                        a => a.Key,
                        a => new KeyMapEntry
                        {
                            Key = new SyncKey(ConnectionId.Parse("acme"), a.Key.Flow, a.Key.SourceId),
                            State = RecordState.Synced,
                            TargetId = $"id-{a.Key.SourceId}",
                            Facts = new RecordFacts(a.Value, "JPY", null, null, null),
                        }
                    )
                ),
                DefaultCurrency = "USD",
            },
            new DateOnly(2026, 3, 1),
            requested: false,
            knownDeleted: false
        );
    }
}
