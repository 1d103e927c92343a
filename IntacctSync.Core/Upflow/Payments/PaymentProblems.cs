using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>What a person is told of a payment that can't be carried to Upflow.</summary>
internal static class PaymentProblems
{
    /// <summary>
    /// What is to be done before a payment is ignored of which something stands in Upflow: what is ignored stays there
    /// as it is.
    /// </summary>
    private static string Ignored(PaymentFacts facts, bool stands) =>
        stands
            ? $"delete {PaymentFacts.ExternalIdOf(facts.SourceId)} in Upflow, where it stands as it was before, and "
                + "ignore this payment"
            : "ignore this payment";

    /// <param name="facts">What is known of it.</param>
    /// <param name="state">As Intacct calls it.</param>
    /// <param name="stands">Whether something of it stands in Upflow, or may.</param>
    public static Problem UnknownState(PaymentFacts facts, string? state, bool stands) =>
        new(
            "payment-state-unknown",
            $"Payment {facts.Title} (RECORDNO {facts.Payment.RecordNo}) is in the state '{state}' in Intacct, of which "
                + $"it is not known whether the payment counts.",
            "Complete or reverse the payment in Intacct, then retry. If it shall not be in Upflow, "
                + $"{Ignored(facts, stands)}."
        );

    public static Problem InOtherCurrency(PaymentFacts facts, ParentKey record, string currency, bool stands) =>
        new(
            "payment-currency-differs",
            $"Payment {facts.Title} (RECORDNO {facts.Payment.RecordNo}) is in {facts.Currency} and {Uses(record)}, "
                + $"which is in {currency}. A link in Upflow has one amount.",
            $"Record in Upflow by hand what Intacct took off the invoice, then {Ignored(facts, stands)}."
        );

    public static Problem OfUnknownCurrency(PaymentFacts facts, ParentKey record) =>
        new(
            "payment-invoice-not-shown",
            $"Payment {facts.Title} (RECORDNO {facts.Payment.RecordNo}) is in {facts.Currency} and {Uses(record)}, "
                + $"which Intacct does not show, so that its currency is not known.",
            "Check that the connection's user sees the document in Intacct, then retry."
        );

    /// <summary>Of an amount that has more decimals than its currency, and leaves something open.</summary>
    public static Problem Uneven(PaymentFacts facts, decimal amount, ParentKey at, bool stands) =>
        new(
            "payment-amount-uneven",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Payment {facts.Title} (RECORDNO {facts.Payment.RecordNo}) {Uses(at)}: {amount:#,0.00##} "
                    + $"{facts.Currency}, which has no such fraction. Rounded, it would leave something open in Upflow "
                    + $"that is paid, or take more than there is."
            ),
            "Enter amounts in Intacct that the currency has, then retry. Or record the payment in Upflow by hand, then "
                + $"{Ignored(facts, stands)}."
        );

    private static string Uses(ParentKey record) =>
        $"{(record.Flow == UpflowFlows.Invoices ? "pays the document" : "applies the credit")} with RECORDNO "
        + (UpflowIds.Parse(record.SourceId)?.RecordNo ?? record.SourceId);

    public static Problem Missing() =>
        new(
            "payment-missing",
            "The payment stands in Upflow and is not shown by Intacct, whose audit history does not tell that it was "
                + "deleted.",
            "Check that the connection's user still sees the payment, then retry. If it is deleted, delete it in "
                + "Upflow by hand and ignore it."
        );

    public static Problem WithoutCustomer(PaymentFacts facts, bool stands) =>
        new(
            "payment-without-customer",
            $"Payment {facts.Title} (RECORDNO {facts.Payment.RecordNo}) names no customer, as one of several customers "
                + $"does. A payment in Upflow belongs to one.",
            $"Enter one payment for each customer in Intacct, then {Ignored(facts, stands)}."
        );

    public static Problem WithoutDate(PaymentFacts facts) =>
        new(
            "payment-without-date",
            $"Payment {facts.Title} has no receipt date.",
            "Give it one in Intacct, then retry."
        );

    public static Problem WithoutDetails(PaymentFacts facts) =>
        new(
            "payment-details-missing",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Payment {facts.Title} (RECORDNO {facts.Payment.RecordNo}) paid {facts.Payment.Paid:0.00##} as "
                    + $"Intacct says; what it was applied to, as far as Intacct shows it, does not come to that."
            ),
            "Look at the payment in Intacct and check that the connection's user may see all that it was applied to, "
                + "also what belongs to other entities; then retry."
        );

    /// <param name="facts">What is known of it.</param>
    /// <param name="taken">The payments of Upflow that it may be.</param>
    public static Problem MayBeTaken(PaymentFacts facts, IReadOnlyList<string> taken) =>
        new(
            "payment-may-be-taken",
            $"Payment {facts.Title} (RECORDNO {facts.Payment.RecordNo}) may be what was taken in Upflow as "
                + $"{string.Join(", ", taken.Take(5))}{(taken.Count > 5 ? $" and {taken.Count - 5} more" : "")}.",
            (
                facts.IsAdvance
                    ? "If it is the same money, ignore this advance, as it stands in Upflow already; where receipts "
                        + "are on, ignore that record of upflow-receipts as well, and apply the advance in Intacct."
                    : "If it is the same money, link it to that record of upflow-receipts; where receipts are off, "
                        + "ignore this payment, as it stands in Upflow already."
            ) + " If it is other money, retry this payment by itself: it is sent to Upflow."
        );

    public static Problem TakenAndGone(PaymentFacts facts) =>
        new(
            "payment-taken-and-gone",
            $"Payment {facts.Title} (RECORDNO {facts.Payment.RecordNo}) was posted for a payment that was taken in "
                + "Upflow, which Upflow does not show for its customer.",
            "Look for the payment in Upflow. If it is there, ignore this one. If it is gone and the money was kept, "
                + "retry this payment by itself: it is sent to Upflow."
        );

    public static Problem MayBeTaken(KeyMapEntry receipt) =>
        new(
            "payment-may-be-receipt",
            $"The payment has the customer, number and amount of {receipt.Title}, which was taken in Upflow; it is not "
                + "known yet whether that was posted.",
            "Nothing: it goes on when that is known. If that one needs a person, see to it first."
        );
}
