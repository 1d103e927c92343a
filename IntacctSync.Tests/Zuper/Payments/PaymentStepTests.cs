using System.Globalization;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Payments;

public sealed class PaymentStepTests
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    [Fact]
    public void What_stands_right_is_done() =>
        Assert.Equal(new PaymentStep.Done(1), Step(100, Some.ZuperInvoice(0, (100, "SAGE-553", false))));

    [Fact]
    public void What_is_not_there_is_recorded() =>
        Assert.Equal(new PaymentStep.Record(1, 100), Step(100, Some.ZuperInvoice(100)));

    [Fact]
    public void Payments_of_others_are_not_ours() =>
        Assert.Equal(
            new PaymentStep.Record(1, 100),
            Step(
                100,
                Some.ZuperInvoice(
                    100,
                    (50, "SAGE-5530", false),
                    (20, "SAGE-55", false),
                    (10, "SAGE-553-x", false),
                    (10, "SAGE-553-1", false)
                )
            )
        );

    [Fact]
    public void A_wrong_sum_is_voided_first() =>
        Assert.Equal(
            new PaymentStep.Void("t-SAGE-553", "SAGE-553", Anew: true),
            Step(60, Some.ZuperInvoice(60, (40, "SAGE-553", false)))
        );

    [Fact]
    public void After_a_void_the_next_number_is_taken() =>
        Assert.Equal(
            new PaymentStep.Record(3, 60),
            Step(60, Some.ZuperInvoice(100, (40, "SAGE-553", true), (50, "SAGE-553-2", true)))
        );

    [Fact]
    public void A_number_that_was_begun_with_and_did_not_land_is_taken_again() =>
        Assert.Equal(new PaymentStep.Record(2, 60), Step(60, Some.ZuperInvoice(100, (40, "SAGE-553", true)), times: 2));

    [Fact]
    public void Of_two_that_stand_the_one_too_many_is_voided() =>
        Assert.Equal(
            new PaymentStep.Void("t-SAGE-553-2", "SAGE-553-2"),
            Step(60, Some.ZuperInvoice(0, (60, "SAGE-553", false), (60, "SAGE-553-2", false)))
        );

    [Fact]
    public void What_is_not_to_stand_is_voided_and_then_done()
    {
        Assert.Equal(
            new PaymentStep.Void("t-SAGE-553", "SAGE-553"),
            Step(
                0,
                Some.ZuperInvoice(0, (100, "sage-553 ", false)) with
                {
                    Payments =
                    [
                        new ZuperInvoicePayment
                        {
                            Amount = 100,
                            ReferenceNo = "SAGE-553",
                            TransactionUid = "t-SAGE-553",
                        },
                    ],
                }
            )
        );
        Assert.Equal(new PaymentStep.Done(1), Step(0, Some.ZuperInvoice(100, (100, "SAGE-553", true)), times: 1));
    }

    [Fact]
    public void More_than_is_due_is_never_recorded()
    {
        Assert.Equal("zuper-invoice-paid-otherwise", Problem(Step(100, Some.ZuperInvoice(99.99m))));
        Assert.Equal("zuper-invoice-paid-otherwise", Problem(Step(100, Some.ZuperInvoice(0))));
    }

    [Fact]
    public void To_ignore_a_payment_is_no_advice_where_it_stands_on_other_invoices()
    {
        Assert.Contains(
            "ignore this payment",
            Assert.IsType<PaymentStep.Reject>(Step(100, Some.ZuperInvoice(0))).Problem.Fix,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "ignore this payment",
            Assert.IsType<PaymentStep.Reject>(Step(100, Some.ZuperInvoice(0), shared: true)).Problem.Fix,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("CANCELED")]
    [InlineData("ARCHIVED")]
    [InlineData("DRAFT")]
    [InlineData("READY_TO_INVOICE")]
    public void An_invoice_that_is_not_to_be_paid_gets_no_payment_and_may_lose_one(string status)
    {
        Assert.Equal("zuper-invoice-not-payable", Problem(Step(100, Some.ZuperInvoice(100) with { Status = status })));
        Assert.Equal(
            "zuper-invoice-not-payable",
            Problem(Step(60, Some.ZuperInvoice(60, (40, "SAGE-553", false)) with { Status = status }))
        );
        Assert.Equal(
            new PaymentStep.Done(1),
            Step(100, Some.ZuperInvoice(0, (100, "SAGE-553", false)) with { Status = status })
        );
        Assert.IsType<PaymentStep.Void>(
            Step(0, Some.ZuperInvoice(0, (100, "SAGE-553", false)) with { Status = status })
        );
    }

    [Fact]
    public void What_stands_is_not_voided_when_what_is_to_come_does_not_fit() =>
        Assert.Equal(
            "zuper-invoice-paid-otherwise",
            Problem(Step(100, Some.ZuperInvoice(10, (40, "SAGE-553", false))))
        );

    [Fact]
    public void What_Zuper_does_not_say_is_not_guessed()
    {
        Assert.Equal("zuper-payments-unclear", Problem(Step(100, Some.ZuperInvoice(null))));
        Assert.Equal(
            "zuper-payments-unclear",
            Problem(Step(100, Some.ZuperInvoice(100) with { PaymentsKnown = false }))
        );
    }

    [Fact]
    public void An_invoice_that_is_gone_needs_a_person_only_for_what_is_to_stand_there()
    {
        Assert.Equal("zuper-invoice-gone", Problem(Step(100, Some.ZuperInvoice(100) with { IsDeleted = true })));
        Assert.Equal(new PaymentStep.Done(1), Step(0, Some.ZuperInvoice(100) with { IsDeleted = true }, times: 1));
    }

    [Fact]
    public void What_still_stands_on_a_deleted_invoice_is_left_there_and_said()
    {
        var standing = Some.ZuperInvoice(0, (60, "SAGE-553", true), (40, "SAGE-553-2", false)) with
        {
            IsDeleted = true,
        };
        Assert.Equal(new PaymentStep.Done(2) { Left = 40 }, Step(0, standing, times: 1));
        Assert.Equal(new PaymentStep.Done(2) { Left = 0 }, Step(0, standing with { PaymentsKnown = false }, times: 1));
    }

    [Theory]
    [InlineData("124.985", "124.99")]
    [InlineData("124.984", "124.98")]
    public void An_invoice_with_a_fraction_of_a_cent_is_paid_to_the_end_by_what_was_booked_of_it(
        string inZuper,
        string booked
    )
    {
        var (due, wanted) = (decimal.Parse(inZuper, Invariant), decimal.Parse(booked, Invariant));
        Assert.Equal(new PaymentStep.Record(1, due), Step(wanted, Some.ZuperInvoice(due)));
        Assert.Equal(new PaymentStep.Done(1), Step(wanted, Some.ZuperInvoice(0, (due, "SAGE-553", false))));
        Assert.Equal("zuper-invoice-paid-otherwise", Problem(Step(wanted + 0.01m, Some.ZuperInvoice(due))));
    }

    [Fact]
    public void A_status_that_a_void_has_ended_is_given_again_once_the_payment_is_void()
    {
        var kept = new PaymentPart(Some.Uid(1), 0, 1) { Kept = new StatusToKeep("CANCELED", "t-SAGE-553") };
        var voided = Some.ZuperInvoice(100, (100, "SAGE-553", true)) with { Status = "AWAIT_PAYMENT" };
        Assert.Equal(new PaymentStep.GiveStatus("CANCELED"), Step(0, voided, kept));
        Assert.Equal(new PaymentStep.Done(1), Step(0, voided with { Status = "CANCELED" }, kept));
        Assert.Equal(new PaymentStep.Done(1), Step(0, voided with { Status = "DRAFT" }, kept));

        // The void has not landed, so a person has given the other status.
        var standing = Some.ZuperInvoice(0, (100, "SAGE-553", false)) with
        {
            Status = "PAID",
        };
        Assert.IsType<PaymentStep.Void>(Step(0, standing, kept));
    }

    [Fact]
    public void An_invoice_that_is_only_not_shown_is_looked_for_again_and_nothing_is_taken_for_done()
    {
        Assert.True(Assert.IsType<PaymentStep.Reject>(Step(100, null)).MayPass);
        Assert.True(Assert.IsType<PaymentStep.Reject>(Step(0, null, times: 1)).MayPass);
        Assert.Equal(new PaymentStep.Done(0), Step(0, null, times: 0));
    }

    private static string Problem(PaymentStep step) => Assert.IsType<PaymentStep.Reject>(step).Problem.Code;

    private static PaymentStep Step(decimal wanted, ZuperInvoice? invoice, int times = 0, bool shared = false) =>
        Step(wanted, invoice, new PaymentPart(Some.Uid(1), 0, times), shared);

    private static PaymentStep Step(decimal wanted, ZuperInvoice? invoice, PaymentPart part, bool shared = false) =>
        PaymentStep.For("553", wanted, invoice, part, shared);
}
