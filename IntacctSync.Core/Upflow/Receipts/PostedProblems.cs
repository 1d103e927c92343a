using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>What a person is told of a payment that is posted in Intacct, where both sides differ.</summary>
internal static class PostedProblems
{
    public static Problem PostedTwice(KeyMapEntry entry, ReceiptFacts facts) =>
        new(
            "receipt-posted-twice",
            $"Payment {facts.Title} is linked to ARPYMT {entry.TargetId}, and ARPYMT "
                + $"{string.Join(", ", facts.Earlier)}, which was posted for it as well, counts in Intacct too.",
            $"Reverse ARPYMT {string.Join(", ", facts.Earlier)} in Intacct, then retry; or link this record to it "
                + "again, and see to the other one."
        );

    public static Problem RefundFailed(KeyMapEntry entry, ReceiptFacts facts) =>
        new(
            "receipt-refund-failed",
            $"A refund of {ReceiptProblems.Money(facts.RefundFailed, facts)} of payment {facts.Title} failed. In "
                + $"Upflow it still keeps the payment off its invoices; in Intacct ARPYMT {entry.TargetId} "
                + (
                    PaymentStates.Of(facts.Posted!) == PaymentState.Complete ? "pays them." : "does not count any more."
                ),
            "If the money was kept, delete that refund in Upflow and link the payment to its invoices as before; where "
                + "it is reversed in Intacct, enter it there again and link that payment to this record. If the money "
                + "went back, enter the refund anew in Upflow. Then retry."
        );

    public static Problem LinksChanged(KeyMapEntry entry, ReceiptFacts facts) =>
        new(
            "receipt-links-changed",
            $"Payment {facts.Title} was posted as ARPYMT {entry.TargetId} and is linked otherwise in Upflow now, "
                + "without a refund.",
            "Reverse the payment in Intacct, enter it anew as it is linked now, and link that payment to this record; "
                + "or link it in Upflow as before, then retry."
        );

    public static Problem ReversedByHand(KeyMapEntry entry, ReceiptFacts facts) =>
        new(
            "receipt-reversed-by-hand",
            $"Payment {facts.Title} was posted as ARPYMT {entry.TargetId}, which is reversed in Intacct. In Upflow it "
                + "still pays its invoices.",
            "Refund the payment in Upflow, then retry; or enter it in Intacct again and link that "
                + "payment to this record."
        );

    public static Problem ChangedInIntacct(KeyMapEntry entry, ReceiptFacts facts) =>
        new(
            "receipt-changed-in-intacct",
            $"Payment {facts.Title} was posted as ARPYMT {entry.TargetId}, which was changed in Intacct: it is "
                + $"{Changed(facts)} there now. In Upflow it pays as before.",
            "Make the payment in Intacct as it is in Upflow again, or link it in Upflow as it is in Intacct; then "
                + "retry."
        );

    public static Problem NotShownYet(KeyMapEntry entry, ReceiptFacts facts) =>
        new(
            "receipt-not-shown-yet",
            $"Payment {facts.Title} was posted as ARPYMT {entry.TargetId} a short while ago, and Intacct does not show "
                + "all that it pays yet.",
            "Nothing: it is looked at again."
        );

    /// <param name="title">Of the receipt.</param>
    /// <param name="message">What is wrong with the payment in Intacct.</param>
    public static Problem Unreadable(string? title, string message) =>
        new(
            "payment-unreadable",
            $"A payment in Intacct that is, or may be, payment {title} can't be read: {message}",
            "Correct the payment in Intacct, then retry."
        );

    /// <summary>What is different, as far as one word says it.</summary>
    private static string Changed(ReceiptFacts facts) =>
        PaymentStates.Of(facts.Posted!) != PaymentState.Complete
            ? $"in the state {facts.Posted!.DisplayState ?? facts.Posted.State}"
        : facts.Posted!.CustomerId?.Trim() is var customer
        && !string.Equals(customer, facts.CustomerId, StringComparison.OrdinalIgnoreCase)
            ? $"of the customer {customer}"
        : (facts.Posted.TrxTotalEntered ?? facts.Posted.TotalEntered ?? 0) is var amount
        && UpflowMoney.ToSmallest(amount, facts.Currency) != facts.Amount
            ? string.Create(CultureInfo.InvariantCulture, $"of {amount:0.00##} {facts.Currency}")
        : "applied otherwise";

    public static Problem PostedMissing(KeyMapEntry entry, ReceiptFacts facts) =>
        new(
            "receipt-payment-missing",
            $"Payment {facts.Title} was posted as ARPYMT {entry.TargetId}, which Intacct does not show.",
            "Check that the connection's user still sees the payment, then retry. If it is deleted, enter it again "
                + "and link that payment to this record."
        );

    public static Problem OfUnknownState(KeyMapEntry entry, ReceiptFacts facts) =>
        new(
            "payment-state-unknown",
            $"Payment {facts.Title} was posted as ARPYMT {entry.TargetId}, which is in the state "
                + $"'{facts.Posted?.DisplayState ?? facts.Posted?.State}' in Intacct: it is not known whether it "
                + "counts.",
            "Look at the payment in Intacct. Complete or reverse it there, then retry."
        );

    public static Problem FoundAndUndone(KeyMapEntry entry) =>
        new(
            "receipt-found-and-undone",
            $"Payment {entry.Title} is found in Intacct as ARPYMT {entry.TargetId}, and its money went back.",
            "Nothing: the payment in Intacct is reversed by itself."
        );

    public static Problem Gone(KeyMapEntry entry) =>
        new(
            "receipt-gone",
            $"Payment {entry.Title} was posted as ARPYMT {entry.TargetId}, and Upflow has it no longer.",
            "If the money was paid back, reverse the payment in Intacct; then ignore this record."
        );
}
