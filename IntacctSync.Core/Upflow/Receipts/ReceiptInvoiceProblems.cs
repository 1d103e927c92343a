using System.Globalization;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// What a person is told of a payment that was taken in Upflow, where Intacct says otherwise of its invoices.
/// </summary>
internal static class ReceiptInvoiceProblems
{
    public static Problem InvoiceNotShown(ReceiptFacts facts, ReceiptPart part) =>
        new(
            "receipt-invoice-not-shown",
            $"Payment {facts.Title} pays invoice {part.Number ?? part.InvoiceId}, which Intacct does not show. What "
                + "the invoice owes, and in which currency, is not known.",
            "Check that the connection's user sees the invoice in Intacct, then retry. If it is deleted there, link "
                + "the payment in Upflow to another invoice, or refund it."
        );

    public static Problem InvoiceUnreadable(ReceiptFacts facts, string invoice, string message) =>
        new(
            "invoice-unreadable",
            $"Payment {facts.Title} pays invoice {facts.Parts.First(p => p.SourceId == invoice).Number ?? invoice}, "
                + $"which can't be read in Intacct: {message}",
            "Correct the document in Intacct, then retry."
        );

    public static Problem OfAnotherCustomer(ReceiptFacts facts, ReceiptPart part, string customer) =>
        new(
            "receipt-of-several-customers",
            $"Payment {facts.Title} is of customer {facts.CustomerId} and pays invoice "
                + $"{part.Number ?? part.InvoiceId} of customer {customer}. A payment in Intacct that is "
                + "posted from here pays one customer's invoices.",
            "Enter the payment in Intacct by hand for the customers whose invoices it pays, then ignore this record "
                + "and those payments in upflow-payments, as the money stands in Upflow already."
        );

    public static Problem PaidByWhatIsLate(ReceiptFacts facts, ReceiptPart part) =>
        new(
            "receipt-invoice-payment-late",
            $"Payment {facts.Title} waits: Intacct says that invoice {part.Number ?? part.InvoiceId} is paid in part, "
                + "and does not show yet by what. It may be this payment.",
            "Nothing: it is looked at again."
        );

    public static Problem PaidByWhatIsHidden(ReceiptFacts facts, ReceiptPart part) =>
        new(
            "receipt-invoice-payment-hidden",
            $"Payment {facts.Title} pays invoice {part.Number ?? part.InvoiceId}, of which Intacct says that more was "
                + "paid than the payments come to that the connection's user sees. One of the others may be this "
                + "payment.",
            "Look at the invoice's payments in Intacct. If one of them is this payment, link it to this record. If "
                + "none is, retry this record by itself: it is posted then. So that this is not asked again, let the "
                + "connection's user see all of them."
        );

    /// <param name="facts">What is known of it.</param>
    /// <param name="part">Of the invoice.</param>
    /// <param name="due">What the invoice owes.</param>
    /// <param name="paid">What is to be taken off it, in the smallest unit.</param>
    /// <param name="payments">Those in Intacct that pay it.</param>
    public static Problem InvoicePaid(
        ReceiptFacts facts,
        ReceiptPart part,
        decimal due,
        long paid,
        IReadOnlyList<string> payments
    ) =>
        new(
            InvoicePaidCode,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Payment {facts.Title} pays invoice {part.Number ?? part.InvoiceId}, which owes {due:0.00##} "
                    + $"{facts.Currency} in Intacct, and {ReceiptProblems.Money(paid, facts)} would be taken off it."
            ) + (payments.Count > 0 ? $" It is paid there by {ReceiptProblems.List(payments)}." : ""),
            "If the payment is in Intacct already, link that payment to this record. If not, link the payment in "
                + "Upflow to an invoice that owes it, or refund it; or take off the invoice in Intacct what paid it, "
                + "then retry."
        );

    public const string InvoicePaidCode = "receipt-invoice-paid";
}
