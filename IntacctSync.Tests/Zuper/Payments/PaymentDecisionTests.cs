using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Payments;

public sealed class PaymentDecisionTests
{
    private static readonly DateOnly Start = new(2026, 3, 1);
    private static readonly Dictionary<string, InvoiceCurrencies> Single = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("Draft", "draft")]
    [InlineData("Reversed", "reversed")]
    [InlineData("Reversal", "reversal")]
    [InlineData("Partially Approved", "'Partially Approved'")]
    public void What_does_not_count_and_was_never_recorded_is_skipped_with_its_reason(string state, string reason) =>
        Assert.Contains(
            reason,
            Assert.IsType<PaymentDecision.Skip>(Plan(Some.Payment(state))).Reason,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Complete")]
    [InlineData("Reconciled")]
    public void What_counts_is_carried_over(string state) =>
        Assert.Equal(100, Carried(Plan(Some.Payment(state)))["5150"]);

    [Theory]
    [InlineData("Reversed")]
    [InlineData("Voided")]
    [InlineData("Void")]
    [InlineData("Draft")]
    public void What_no_longer_counts_and_was_recorded_is_to_stand_nowhere(string state)
    {
        var plan = Plan(Some.Payment(state), recorded: true);
        Assert.Empty(Carried(plan));
        Assert.Null(((PaymentDecision.CarryOver)plan).Held);
    }

    [Theory]
    [InlineData("Partially Approved")]
    [InlineData("Bounced")]
    public void What_was_recorded_and_may_not_count_any_more_is_asked_by_the_name_of_its_state(string state)
    {
        var carried = Assert.IsType<PaymentDecision.CarryOver>(Plan(Some.Payment(state), recorded: true));
        Assert.Empty(carried.ByInvoice);
        Assert.Equal("payment-state-unknown", carried.Held?.Code);
        Assert.Contains($"'{state}'", carried.Held!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_in_an_unknown_state_and_was_never_recorded_is_asked_where_it_pays_an_invoice()
    {
        var carried = Assert.IsType<PaymentDecision.CarryOver>(Plan(Some.Payment("Bounced")));
        Assert.Empty(carried.ByInvoice);
        Assert.Contains("'Bounced'", carried.Unclear["5150"].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deleted_payment_is_to_stand_nowhere()
    {
        Assert.Empty(Carried(Plan(null, recorded: true, knownDeleted: true)));
        Assert.IsType<PaymentDecision.Skip>(Plan(null));
    }

    [Fact]
    public void What_is_recorded_and_only_not_shown_is_held()
    {
        Assert.Equal(
            "payment-missing",
            Assert.IsType<PaymentDecision.CarryOver>(Plan(null, recorded: true)).Held?.Code
        );
        var without = PaymentDecision.For(
            Some.PaymentEntry("SAGE-553"),
            Some.Payment(),
            [],
            Single,
            Start,
            requested: false,
            knownDeleted: false
        );
        Assert.Equal("payment-details-missing", Assert.IsType<PaymentDecision.CarryOver>(without).Held?.Code);
        Assert.Null(Assert.IsType<PaymentDecision.CarryOver>(Plan(Some.Payment("Reversed"), recorded: true)).Held);
        Assert.Null(Assert.IsType<PaymentDecision.CarryOver>(Plan(Some.Payment(), recorded: true)).Held);
    }

    [Fact]
    public void The_date_decides_by_the_invoice_unless_a_person_asked_or_it_was_recorded()
    {
        var old = Some.Payment() with { ReceiptDate = new DateOnly(2026, 2, 28) };
        Assert.NotNull(Early(Plan(old)));
        Assert.Null(Early(Plan(old, requested: true)));
        Assert.Null(Early(Plan(old, recorded: true)));
        Assert.Null(Early(Plan(old with { ReceiptDate = Start })));
    }

    [Fact]
    public void What_is_applied_to_nothing_yet_is_skipped() =>
        Assert.IsType<PaymentDecision.Skip>(
            PaymentDecision.For(
                Some.PaymentEntry(),
                Some.Payment(),
                [],
                Single,
                Start,
                requested: false,
                knownDeleted: false
            )
        );

    private static IReadOnlyDictionary<string, decimal> Carried(PaymentDecision plan) =>
        Assert.IsType<PaymentDecision.CarryOver>(plan).ByInvoice;

    private static string? Early(PaymentDecision plan) => Assert.IsType<PaymentDecision.CarryOver>(plan).Early;

    private static PaymentDecision Plan(
        PaymentRecord? payment,
        bool recorded = false,
        bool requested = false,
        bool knownDeleted = false
    ) =>
        PaymentDecision.For(
            Some.PaymentEntry(recorded ? "SAGE-553" : null),
            payment,
            [Some.Application()],
            Single,
            Start,
            requested,
            knownDeleted
        );
}
