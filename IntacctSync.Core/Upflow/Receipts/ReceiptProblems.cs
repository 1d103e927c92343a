using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>What a person is told of a payment that was taken in Upflow and can't be posted as it is.</summary>
internal static class ReceiptProblems
{
    /// <summary>
    /// When a payment that is not all linked is looked at again. It comes sooner when Upflow shows a change of it.
    /// </summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromHours(6);

    /// <summary>How long one waits to be linked before a person is asked.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(3);

    /// <summary>How long money may be under way before a person is asked. Debits take up to two weeks.</summary>
    public static readonly TimeSpan LongestUnderWay = TimeSpan.FromDays(14);

    /// <summary>Null where all of it is linked to invoices that are ours.</summary>
    public static Problem? NotAllLinked(ReceiptFacts facts)
    {
        var strange = facts.Parts.FirstOrDefault(p => p.SourceId is null);
        var linked = facts.Parts.Sum(p => p.Amount);
        var why =
            facts.CustomerId is null ? "its customer is none that came from this connection"
            : strange is not null
                ? $"it pays invoice {strange.Number ?? strange.InvoiceId}, which did not come from this connection"
            : facts.IsHeldByFailedRefund
                ? $"a refund of {Money(facts.RefundFailed, facts)} failed, and still keeps it off its invoices"
            : linked != facts.Amount ? $"{Money(linked, facts)} of {Money(facts.Amount, facts)} are linked to invoices"
            : null;
        return why is null
            ? null
            : new Problem(
                "receipt-not-linked",
                $"Payment {facts.Title} waits: {why}.",
                "Link all of it to invoices of this connection in Upflow; it is then posted by itself."
            );
    }

    public static Problem UnderWay(ReceiptFacts facts) =>
        new(
            "receipt-under-way",
            $"Payment {facts.Title} waits: its money is under way, as Upflow says by "
                + $"'{VisibleText.Of(facts.Payment.State!)}'.",
            "Nothing: it is posted when the money has come."
        );

    public static Problem LeftUnderWay(ReceiptFacts facts) =>
        new(
            "receipt-left-under-way",
            $"The money of payment {facts.Title} has been under way for two weeks, as Upflow says by "
                + $"'{VisibleText.Of(facts.Payment.State!)}'.",
            "If the money has come, enter the payment in Intacct and link that payment to this record. If it will not "
                + "come, take the payment off its invoices in Upflow, then ignore this record."
        );

    public static Problem RefundUnderWay(ReceiptFacts facts) =>
        new(
            "receipt-refund-under-way",
            $"{Money(facts.RefundUnderWay, facts)} of payment {facts.Title} are being paid back, as Upflow says, and "
                + "have not arrived yet.",
            "Nothing: it goes on when the refund has arrived or failed."
        );

    public static Problem LeftRefundUnderWay(ReceiptFacts facts) =>
        new(
            "receipt-refund-left-under-way",
            $"{Money(facts.RefundUnderWay, facts)} of payment {facts.Title} have been on their way back for two weeks, "
                + "as Upflow says.",
            "Look at the refund in Upflow. If the money was kept, delete the refund there and link the payment as "
                + "before, then retry. If it went back, reverse the payment in Intacct, if it is posted there, then "
                + "ignore this record."
        );

    /// <param name="facts">What is known of it.</param>
    /// <param name="switchedOn">When receipts were switched on.</param>
    public static Problem FromBefore(ReceiptFacts facts, string switchedOn) =>
        new(
            FromBeforeCode,
            $"Payment {facts.Title} was taken before receipts were switched on, on {switchedOn}. Its invoices owe in "
                + "Intacct what it pays in Upflow.",
            "If it is not entered in Intacct, retry: it is posted then. If it is entered there, link that payment to "
                + "this record."
        );

    public const string FromBeforeCode = "receipt-from-before";

    public static Problem InOtherCurrency(ReceiptFacts facts, ReceiptPart part) =>
        new(
            "receipt-currency-differs",
            $"Payment {facts.Title} is in {facts.Currency} and pays invoice {part.Number ?? part.InvoiceId}, which is "
                + $"in {VisibleText.Of(part.Currency!)}. What it takes off the invoice can't be told.",
            "Enter the payment in Intacct by hand, link that payment to this record, then ignore the record."
        );

    public static Problem Unreadable(string title, string why) =>
        new(
            "receipt-unreadable",
            $"What Upflow says of payment {title} can't be read: {why}. So nothing is posted or reversed for it.",
            "Look at the payment and its refunds in Upflow, then retry. If it stays so, enter the payment in Intacct "
                + "by hand and link that payment to this record."
        );

    public static Problem WithoutCurrency(ReceiptFacts facts) =>
        new(
            "receipt-without-currency",
            $"Upflow does not tell the currency of payment {facts.Title}.",
            "Look at the payment in Upflow, then retry. If it stays so, enter the payment in Intacct by hand and link "
                + "that payment to this record."
        );

    /// <param name="facts">What is known of it.</param>
    /// <param name="payments">Those that it may be.</param>
    public static Problem MayBeEntered(ReceiptFacts facts, IReadOnlyList<string> payments) =>
        new(
            "receipt-may-be-entered",
            $"Payment {facts.Title} over {Money(facts.Amount, facts)} may be entered in Intacct already: "
                + $"{List(payments)}.",
            "If it is one of them, link that payment to this record. If its money is entered otherwise, ignore this "
                + "record. If it is not entered, retry this record by itself: it is posted then."
        );

    public static Problem Uneven(ReceiptFacts facts) =>
        new(
            "receipt-amount-uneven",
            $"Payment {facts.Title} over {Money(facts.Amount, facts)} has an amount of more than two decimals, which "
                + "is all that Intacct keeps.",
            "Enter the payment in Intacct by hand as it is to stand in the books, then ignore this record, and that "
                + "payment in upflow-payments, as the money stands in Upflow already."
        );

    /// <summary>As many as a text has room for.</summary>
    internal static string List(IReadOnlyList<string> payments) =>
        string.Join(", ", payments.Take(5)) + (payments.Count > 5 ? $" and {payments.Count - 5} more" : "");

    public static Problem InvoiceGone(ReceiptFacts facts) =>
        new(
            "receipt-invoice-gone",
            $"Payment {facts.Title} paid {string.Join(", ", facts.LostInvoices.Select(i => $"invoice {i}"))}, which is "
                + "not in Upflow any more. Its money is in no book of Intacct.",
            Unapplied
        );

    /// <param name="facts">What is known of it.</param>
    /// <param name="reason">Why it has waited.</param>
    public static Problem LeftUnlinked(ReceiptFacts facts, Problem reason) =>
        new(
            "receipt-left-unlinked",
            $"{reason.Message} It has waited for three days, and its money is in no book of Intacct.",
            Unapplied
        );

    private const string Unapplied =
        "Link all of it in Upflow to invoices of this connection: it is then posted by itself. Or refund it there. If "
        + "it was entered in Intacct by hand, link that payment to this record.";

    public static Problem? OfSettings(ReceiptSettings settings) =>
        (settings.BankAccountId, settings.UndepositedFundsAccountNo) switch
        {
            (null, null) => new Problem(
                "receipt-account-missing",
                "Neither a bank account nor an account of undeposited funds is set, so the payment can't be posted.",
                "Set receipts.bankAccountId or receipts.undepositedFundsAccountNo, then retry all with this cause."
            ),
            (not null, not null) => new Problem(
                "receipt-account-ambiguous",
                "Both a bank account and an account of undeposited funds are set.",
                "Clear receipts.bankAccountId or receipts.undepositedFundsAccountNo, then retry all with this cause."
            ),
            _ => null,
        };

    public static Problem RefundedInPart(ReceiptFacts facts) =>
        new(
            "receipt-refunded-in-part",
            $"{Money(facts.Refunded, facts)} of payment {facts.Title} over {Money(facts.Amount, facts)} went back. "
                + "A payment in Intacct is reversed as a whole or not at all.",
            (
                facts.Posted is null
                    ? "Enter what is left of it in Intacct"
                    : "Reverse the payment in Intacct, enter what is left of it"
            ) + ", link that payment to this record, then ignore the record."
        );

    public static Problem WithoutMethod(ReceiptFacts facts, string instrument) =>
        new(
            "receipt-method-unknown",
            $"Payment {facts.Title} was made by '{VisibleText.Of(instrument)}', for which no payment method of Intacct "
                + "is set.",
            "Set receipts.paymentMethods for it, then retry all with this cause."
        );

    public static Problem WithoutDate(ReceiptFacts facts) =>
        new(
            "receipt-without-date",
            $"Payment {facts.Title} has no date in Upflow.",
            "Look at the payment in Upflow, then retry."
        );

    /// <summary>It can't be told which payment in Intacct it is.</summary>
    /// <param name="facts">What is known of it.</param>
    /// <param name="recordNos">The payments that it may be.</param>
    /// <param name="others">The other receipts that may be the same payment, by their ids.</param>
    public static Problem Ambiguous(
        ReceiptFacts facts,
        IReadOnlyList<string> recordNos,
        IReadOnlyList<string> others
    ) =>
        others.Count == 0
            ? new(
                "receipt-ambiguous",
                $"Several payments in Intacct may be payment {facts.Title}: ARPYMT {string.Join(", ", recordNos)}.",
                "Link the one that it is to this record, or reverse the others in Intacct and retry."
            )
            : new(
                "receipt-ambiguous",
                $"ARPYMT {string.Join(", ", recordNos)} in Intacct may be payment {facts.Title}, or another one of the "
                    + "same number, customer and amount that was taken in Upflow.",
                "Link it to the record that it is, then retry the others; they are posted."
            );

    internal static string Money(long amount, ReceiptFacts facts) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{UpflowMoney.FromSmallest(amount, facts.Currency):0.00##} {facts.Currency}"
        );
}
