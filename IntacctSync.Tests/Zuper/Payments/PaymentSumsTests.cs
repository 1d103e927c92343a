using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Payments;

public sealed class PaymentSumsTests
{
    private static readonly Dictionary<string, Problem> Clear = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("1", true)]
    [InlineData("4", false)]
    public void A_sum_that_only_a_person_can_tell_is_asked_for_invoices_of_Zuper_alone(string invoice, bool asked)
    {
        var unclear = new Dictionary<string, Problem>(StringComparer.Ordinal) { [invoice] = new("why", "", "") };
        Assert.Equal(asked ? "why" : null, PaymentSums.Of(Paid(), unclear, Links).Failure?.Problem.Code);
    }

    private static readonly Failure Waits = new(
        FailureClass.Throttled,
        new Problem("payment-invoice-waits", "It waits.", "Nothing.")
    );

    private static readonly Dictionary<string, InvoiceLink> Links = new(StringComparer.Ordinal)
    {
        ["1"] = new InvoiceLink("uid-1"),
        ["2"] = new InvoiceLink("uid-1"),
        ["3"] = new InvoiceLink("uid-3"),
        ["4"] = new InvoiceLink(null, "Invoice INV-4 is not one of Zuper.") { Names = ["INV-4", "4"] },
        ["5"] = new InvoiceLink(null, null, Waits) { Names = ["INV-5", "5"] },
    };

    [Fact]
    public void What_is_paid_of_invoices_that_are_one_in_Zuper_is_added_up()
    {
        var sums = PaymentSums.Of(Paid(("1", 40), ("2", 2.5m), ("3", 7)), Clear, Links);
        Assert.Equal(42.5m, sums.ByInvoice["uid-1"]);
        Assert.Equal(7, sums.ByInvoice["uid-3"]);
        Assert.Empty(sums.LeftOut);
        Assert.Empty(sums.Unlinked);
        Assert.Null(sums.Failure);
    }

    [Fact]
    public void What_is_not_linked_is_left_out_with_its_reason_and_its_names()
    {
        var sums = PaymentSums.Of(Paid(("1", 40), ("4", 5)), Clear, Links);
        Assert.Equal(["uid-1"], sums.ByInvoice.Keys);
        Assert.Equal("Invoice INV-4 is not one of Zuper.", Assert.Single(sums.LeftOut));
        Assert.Equal(["4", "INV-4"], sums.Unlinked);
        Assert.Null(sums.Failure);
    }

    [Fact]
    public void One_that_can_not_be_told_yet_is_waited_for()
    {
        var sums = PaymentSums.Of(Paid(("1", 40), ("5", 5)), Clear, Links);
        Assert.Equal(Waits, sums.Failure);
        Assert.Equal(["5", "INV-5"], sums.Unlinked);
    }

    [Fact]
    public void What_is_clear_stands_beside_what_is_not()
    {
        var unclear = new Dictionary<string, Problem>(StringComparer.Ordinal) { ["1"] = new("why", "", "") };
        var sums = PaymentSums.Of(Paid(("2", 40), ("3", 7), ("5", 5)), unclear, Links);

        // 1 and 2 are the same invoice in Zuper: what stands there can't be told.
        Assert.Equal(7, Assert.Single(sums.ByInvoice).Value);
        Assert.NotNull(sums.Failure);
    }

    [Theory]
    [InlineData("uid-1", 40, "4", null)]
    [InlineData("uid-1", 30, "4", null)]
    [InlineData("uid-1", 50, "4", "payment-invoice-lost")]
    [InlineData("uid-9", 40, "4", "payment-invoice-lost")]
    [InlineData("uid-9", 0, "4", null)]
    [InlineData("uid-9", 40, "3", null)]
    [InlineData("uid-7", 40, "4", null)]
    public void A_sum_that_stands_is_held_while_the_invoice_that_it_is_of_may_be_one_not_linked(
        string standsOn,
        int amount,
        string alsoPaid,
        string? expected
    )
    {
        var entry = new PaymentPart(standsOn, amount, 1).In(Some.PaymentEntry("SAGE-553"));
        var sums = PaymentSums.Of(Paid(("1", 40), (alsoPaid, 5)), Clear, Links);
        var elsewhere = new HashSet<string>(StringComparer.Ordinal) { "uid-7" };
        Assert.Equal(expected, PaidInvoices.Lost(entry, sums, elsewhere)?.Code);
    }

    private static Dictionary<string, decimal> Paid(params (string RecordNo, decimal Amount)[] paid) =>
        paid.ToDictionary(p => p.RecordNo, p => p.Amount, StringComparer.Ordinal);
}
