using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Core.Waiting;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Payments;

public sealed class PaymentDecisionTests
{
    private static readonly DateOnly Start = new(2026, 3, 1);

    [Theory]
    [InlineData("Draft", "draft")]
    [InlineData("Reversed", "reversed")]
    [InlineData("Reversal", "reversal")]
    [InlineData("Partially Approved", "'Partially Approved'")]
    public void What_does_not_count_and_was_never_in_Upflow_is_skipped_with_its_reason(string state, string reason) =>
        Assert.Contains(
            reason,
            Assert.IsType<PaymentDecision.Skip>(Decide(Facts(state: state))).Reason,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_payment_with_a_rest_stands_with_all_of_its_money_and_a_link() =>
        AssertStands(Facts(entered: 100, parts: Money("1", 60)), "M payment 10000", "M_1 6000");

    [Theory]
    [InlineData("JPY", "5000", "M payment 5000")]
    [InlineData("KWD", "1.234", "M payment 1234")]
    [InlineData("USD", "2.675", "M payment 268")]
    public void Amounts_are_in_the_currencys_smallest_unit(string currency, string amount, string document) =>
        AssertStands(Facts(entered: decimal.Parse(amount, CultureInfo.InvariantCulture), currency: currency), document);

    [Fact]
    public void A_discount_is_a_credit_note_of_its_own() =>
        AssertStands(
            Facts(entered: 98, parts: [Money("1", 98), Part(CreditKind.Discount, null, "1", 2)]),
            "D_1 credit note 200",
            "M payment 9800",
            "D_1 200",
            "M_1 9800"
        );

    [Fact]
    public void A_credit_that_is_in_Upflow_is_linked_and_no_money() =>
        AssertStands(
            Facts(
                entered: 30,
                parts:
                [
                    Part(CreditKind.CreditNote, "ARADJUSTMENT-8", "1", 10),
                    Part(CreditKind.Payment, "ARADVANCE-3", "1", 20),
                ]
            ),
            "C_ARADJUSTMENT-8_1 1000",
            "P_ARADVANCE-3_1 2000"
        );

    [Fact]
    public void Money_for_what_is_not_in_Upflow_is_not_part_of_the_payment() =>
        AssertStands(Facts(entered: 100, parts: [Money("1", 60), Money("old", 40)]), "M payment 6000", "M_1 6000");

    [Fact]
    public void A_credit_for_what_is_not_in_Upflow_is_used_up_by_a_refund() =>
        AssertStands(
            Facts(entered: 10, parts: Part(CreditKind.CreditNote, "ARADJUSTMENT-8", "old", 10)),
            "U_C_ARADJUSTMENT-8 refund 1000",
            "U_C_ARADJUSTMENT-8 1000"
        );

    [Fact]
    public void A_credit_that_is_not_in_Upflow_comes_as_a_credit_note() =>
        AssertStands(
            Facts(
                entered: 30,
                parts:
                [
                    Part(CreditKind.CreditNote, "ARADJUSTMENT-old", "1", 10),
                    Part(CreditKind.Payment, "ARADVANCE-old", "1", 20),
                ]
            ),
            "E_1 credit note 3000",
            "E_1 3000"
        );

    [Fact]
    public void What_pays_something_that_is_to_come_is_not_skipped()
    {
        var facts = Facts(entered: 40, parts: Money("1", 40));
        var pending = new KnownCounterparts(new UpflowConnectionSettings(), new Dictionary<ParentKey, KeyMapEntry>());
        Assert.Equal(["M payment 4000"], Texts(Carried(facts with { Known = pending })));
        Assert.Equal(new ParentKey(UpflowFlows.Customers, "C1"), (facts with { Known = pending }).Awaited);
        var credits = Facts(entered: 10, parts: Part(CreditKind.CreditNote, "ARADJUSTMENT-8", "1", 10));
        Assert.True(Carried(credits with { Known = pending }).IsEmpty);
    }

    [Fact]
    public void What_pays_only_what_is_not_in_Upflow_is_skipped_and_waits_for_it()
    {
        var skip = Assert.IsType<PaymentDecision.Skip>(Decide(Facts(entered: 40, parts: Money("old", 40))));
        Assert.Equal(["upflow-invoices/old"], skip.Waits);
    }

    [Fact]
    public void What_is_dated_before_the_start_is_carried_only_where_it_concerns_something_in_Upflow()
    {
        var before = new DateOnly(2026, 2, 1);
        Assert.IsType<PaymentDecision.Skip>(Decide(Facts(entered: 40, date: before)));
        Assert.IsType<PaymentDecision.Carry>(Decide(Facts(entered: 40, date: before, parts: Money("1", 40))));
        Assert.IsType<PaymentDecision.Carry>(Decide(Facts(entered: 40, date: before), requested: true));
        Assert.IsType<PaymentDecision.Carry>(
            Decide(Facts(entered: 40, date: before), standing: Standing.None.WithDocument("M", "x"))
        );
    }

    [Fact]
    public void A_reversed_payment_keeps_its_money_and_is_refunded_without_any_other_link()
    {
        var facts = Facts(entered: 100, state: "Reversed", parts: Money("1", 60)) with
        {
            ReversedOn = new DateOnly(2026, 4, 5),
        };
        var wanted = Carried(facts, Standing.None.WithDocument("M", "x").WithLink("M_1", 6000));
        Assert.Equal(["M payment 10000", "R refund 10000", "R 10000"], Texts(wanted));
        Assert.Contains("2026-04-05", wanted.Documents["R"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reversed_application_of_credits_leaves_nothing() =>
        Assert.True(
            Carried(
                Facts(entered: 10, state: "Reversed", parts: Part(CreditKind.CreditNote, "ARADJUSTMENT-8", "1", 10)),
                Standing.None.WithLink("C_ARADJUSTMENT-8_1", 1000)
            ).IsEmpty
        );

    [Theory]
    [InlineData("Draft")]
    public void What_is_a_draft_again_stands_no_longer(string state) =>
        Assert.True(Carried(Facts(state: state), Standing.None.WithDocument("M", "x")).IsEmpty);

    [Theory]
    [InlineData("Partially Approved")]
    [InlineData("Bounced")]
    public void What_stands_and_is_in_an_unknown_state_needs_a_person(string state) =>
        Assert.Equal(
            "payment-state-unknown",
            Assert
                .IsType<PaymentDecision.Reject>(
                    Decide(Facts(state: state), standing: Standing.None.WithDocument("M", "x"))
                )
                .Failure.Problem.Code
        );

    [Fact]
    public void What_stands_and_is_only_not_shown_is_not_taken_away()
    {
        var standing = Standing.None.WithDocument("M", "x");
        Assert.IsType<PaymentDecision.Skip>(Decide(null));
        Assert.Equal(
            "payment-missing",
            Assert.IsType<PaymentDecision.Reject>(Decide(null, standing: standing)).Failure.Problem.Code
        );
        Assert.True(
            Assert
                .IsType<PaymentDecision.Carry>(PaymentDecision.For(standing, null, Start, false, knownDeleted: true))
                .Wanted.IsEmpty
        );
    }

    [Theory]
    [InlineData(100)]
    [InlineData(70)]
    public void The_money_of_a_payment_with_credits_is_what_became_of_it(decimal total)
    {
        var facts = Facts(
            entered: total,
            parts: [Money("1", 50), Part(CreditKind.CreditNote, "ARADJUSTMENT-8", "1", 30)]
        );
        facts = facts with { Payment = facts.Payment with { TrxTotalDue = 15 }, UsedByOthers = 5 };
        AssertStands(facts, "M payment 7000", "C_ARADJUSTMENT-8_1 3000", "M_1 5000");
    }

    [Fact]
    public void What_paid_something_that_is_not_shown_is_looked_at_again()
    {
        var facts = Facts(entered: 100);
        var reject = Assert.IsType<PaymentDecision.Reject>(
            Decide(facts with { Payment = facts.Payment with { TrxTotalPaid = 60 } })
        );
        Assert.Equal("payment-details-missing", reject.Failure.Problem.Code);
        Assert.True(reject.Failure.MayPass);
    }

    [Theory]
    [InlineData(nameof(CreditKind.CreditNote), "ARADJUSTMENT-8", "EUR", null, "payment-currency-differs")]
    [InlineData(nameof(CreditKind.Payment), "ARADVANCE-8", "EUR", null, "payment-currency-differs")]
    [InlineData(nameof(CreditKind.Payment), "801", "USD", null, null)]
    [InlineData(nameof(CreditKind.CreditNote), "801", null, null, "payment-invoice-not-shown")]
    [InlineData(nameof(CreditKind.CreditNote), "801", null, "EUR", "payment-currency-differs")]
    [InlineData(nameof(CreditKind.CreditNote), "801", null, "", null)]
    public void A_credit_is_applied_only_in_its_own_currency(
        string kind,
        string credit,
        string? known,
        string? read,
        string? code
    )
    {
        var part = Part(Enum.Parse<CreditKind>(kind), credit, "1", 30);
        var facts = Facts(parts: [part]);
        var record = PaymentFacts.CreditOf(part)!.Value;
        facts = facts with
        {
            Known = Known([part], "USD", record, known),
            Currencies = read is null ? facts.Currencies : new Dictionary<ParentKey, string> { [record] = read },
        };
        Assert.Equal(code, (Decide(facts) as PaymentDecision.Reject)?.Failure.Problem.Code);
    }

    [Fact]
    public void A_link_whose_detail_is_not_shown_is_not_taken_off()
    {
        var standing = Standing.None.WithDocument("M", "x").WithLink("M_1", 10000).WithLink("M_2", 20000);
        foreach (var stands in new[] { standing, Standing.None })
        {
            var reject = Assert.IsType<PaymentDecision.Reject>(Decide(Paid(300, Money("1", 100)), stands));
            Assert.Equal("payment-details-missing", reject.Failure.Problem.Code);
            Assert.True(reject.Failure.MayPass);
        }

        Assert.Equal(["M payment 30000", "M_1 10000"], Texts(Carried(Paid(100, Money("1", 100)), standing)));
        Assert.Equal(
            ["M payment 30000", "M_1 10000"],
            Texts(Carried(Paid(150, Money("1", 100)) with { UsedByOthers = 50 }, standing))
        );
    }

    /// <summary>Whether what was paid counts credits and discounts is not known.</summary>
    [Theory]
    [InlineData(50, true)]
    [InlineData(52, true)]
    [InlineData(80, true)]
    [InlineData(82, true)]
    [InlineData(60, false)]
    [InlineData(90, false)]
    public void A_link_is_taken_off_where_the_details_agree_with_or_without_credits_and_discounts(
        decimal paid,
        bool agree
    )
    {
        var facts = Paid(
            paid,
            Money("1", 50),
            Part(CreditKind.Discount, null, "1", 2),
            Part(CreditKind.CreditNote, "ARADJUSTMENT-8", "1", 30)
        );
        var decision = Decide(facts, Standing.None.WithDocument("M", "x").WithLink("M_2", 1000));
        Assert.Equal(agree, decision is PaymentDecision.Carry);
    }

    private static PaymentFacts Paid(decimal paid, params IReadOnlyList<AppliedPart> parts)
    {
        var facts = Facts(entered: 300, parts: parts);
        return facts with { Payment = facts.Payment with { TrxTotalPaid = paid } };
    }

    [Fact]
    public void An_advance_among_the_payments_is_left_to_the_advances() =>
        Assert.IsType<PaymentDecision.Skip>(
            Decide(Facts() with { Payment = Facts().Payment with { RecordType = "rr" } })
        );

    [Theory]
    [InlineData("Printed Check", "CHECK")]
    [InlineData("Credit Card", "CARD")]
    [InlineData("Online Charge Card", "CARD")]
    [InlineData("Cash", "CASH")]
    [InlineData("EFT", "WIRE_TRANSFER")]
    [InlineData("Online ACH Debit", "DIRECT_DEBIT")]
    [InlineData("Barter", "UNKNOWN")]
    [InlineData(null, "UNKNOWN")]
    public void The_method_is_an_instrument(string? method, string instrument) =>
        Assert.Equal(instrument, PaymentInstrument.Of(method));

    private static void AssertStands(PaymentFacts facts, params string[] texts) =>
        Assert.Equal(texts, Texts(Carried(facts)));

    private static WantedStanding Carried(PaymentFacts facts, Standing? standing = null) =>
        Assert.IsType<PaymentDecision.Carry>(Decide(facts, standing)).Wanted;

    private static List<string> Texts(WantedStanding wanted) =>
        [
            .. wanted.Documents.Select(d => $"{d.Key} {d.Value.Name} {Amount(d.Value)}"),
            .. wanted.Links.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key} {l.Value.Amount}")),
        ];

    private static long Amount(StandingDocument document) =>
        document switch
        {
            StandingDocument.Payment payment => payment.Value.Amount,
            StandingDocument.Refund refund => refund.Value.Amount,
            StandingDocument.CreditNote note => note.Value.GrossAmount,
            _ => 0,
        };

    private static PaymentDecision Decide(PaymentFacts? facts, Standing? standing = null, bool requested = false) =>
        PaymentDecision.For(standing ?? Standing.None, facts, Start, requested, knownDeleted: false);

    private static AppliedPart Money(string receivable, decimal amount) =>
        Part(CreditKind.Money, null, receivable, amount);

    private static AppliedPart Part(CreditKind kind, string? credit, string receivable, decimal amount) =>
        new(new AppliedCredit(kind, credit), receivable, amount);

    private static PaymentFacts Facts(
        decimal entered = 100,
        string state = "Complete",
        string currency = "USD",
        DateOnly? date = null,
        params IReadOnlyList<AppliedPart> parts
    ) =>
        new()
        {
            SourceId = "900",
            Payment = Some.Payment(state) with
            {
                RecordNo = "900",
                CustomerId = "C1",
                Currency = currency,
                TrxTotalEntered = entered,
                ReceiptDate = date ?? new DateOnly(2026, 3, 2),
            },
            Parts = parts,
            Known = Known(parts, currency),
            DefaultCurrency = "USD",
        };

    /// <summary>What is named old was left out; all else has its counterpart.</summary>
    private static KnownCounterparts Known(
        IReadOnlyList<AppliedPart> parts,
        string currency,
        ParentKey? other = null,
        string? otherCurrency = null
    ) =>
        new(
            new UpflowConnectionSettings(),
            parts
                .SelectMany(p => new[] { PaymentFacts.Receivable(p), PaymentFacts.CreditOf(p) })
                .OfType<ParentKey>()
                .Append(new ParentKey(UpflowFlows.Customers, "C1"))
                .Distinct()
                .ToDictionary(
                    k => k,
                    k => new KeyMapEntry
                    {
                        Key = new SyncKey(ConnectionId.Parse("acme"), k.Flow, k.SourceId),
                        State = k.SourceId.EndsWith("old", StringComparison.Ordinal)
                            ? RecordState.Skipped
                            : RecordState.Synced,
                        TargetId = k.SourceId.EndsWith("old", StringComparison.Ordinal) ? null : $"id-{k.SourceId}",
                        Facts =
                            k != other ? new RecordFacts(100m, currency, null, null, null)
                            : otherCurrency is null ? null
                            : new RecordFacts(100m, otherCurrency, null, null, null),
                    }
                )
        );
}
