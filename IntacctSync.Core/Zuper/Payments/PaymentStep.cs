using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>The next step on one Zuper invoice, until a payment is recorded there once and with its sum.</summary>
internal abstract record PaymentStep
{
    private PaymentStep() { }

    /// <param name="Time">How often it was recorded there, the one that counts now included; 0 for never.</param>
    public sealed record Done(int Time) : PaymentStep
    {
        /// <summary>
        /// What still stands, though nothing is to, since the invoice is deleted; null where nothing does.
        /// </summary>
        public decimal? Left { get; init; }
    }

    /// <param name="Problem">Why a person is needed.</param>
    /// <param name="MayPass">Whether it may pass by itself, so that a person is asked only after several looks.</param>
    public sealed record Reject(Problem Problem, bool MayPass = false) : PaymentStep;

    /// <param name="TransactionUid">What the void goes by.</param>
    /// <param name="Reference">Of the payment in Zuper.</param>
    /// <param name="Anew">Whether another sum is recorded after it.</param>
    public sealed record Void(string TransactionUid, string Reference, bool Anew = false) : PaymentStep;

    /// <summary>The invoice gets the status again that a void has ended.</summary>
    public sealed record GiveStatus(string Status) : PaymentStep;

    /// <param name="Time">How often it is recorded there with this.</param>
    /// <param name="Amount">In Zuper; where the invoice has a fraction of a cent, it may have that as well.</param>
    public sealed record Record(int Time, decimal Amount) : PaymentStep;

    /// <summary>Pure.</summary>
    /// <param name="recordNo">RECORDNO of the payment.</param>
    /// <param name="wanted">The sum that is to be recorded there; 0 for none.</param>
    /// <param name="invoice">As Zuper has it now; null when it does not show it. Zuper shows what was deleted there, so
    /// that proves nothing.</param>
    /// <param name="part">What the row says of it there.</param>
    /// <param name="shared">Whether the payment pays other invoices, too.</param>
    public static PaymentStep For(string recordNo, decimal wanted, ZuperInvoice? invoice, PaymentPart part, bool shared)
    {
        var times = part.Time;
        if (invoice is null)
            return wanted == 0 && times == 0 ? new Done(times) : NotShown(recordNo);
        var name = invoice.DisplayNumber ?? invoice.Uid;
        var ours = invoice
            .Payments.Select(p => (Payment: p, Time: PaymentMapper.TimeOf(recordNo, p.ReferenceNo)))
            .Where(p => p.Time is not null)
            .ToList();
        var standing = ours.Where(p => !p.Payment.IsVoid).ToList();
        if (invoice.IsDeleted)
            return wanted == 0
                ? new Done(ours.Select(p => p.Time!.Value).Append(times).Max())
                {
                    Left = LeftOn(invoice, [.. standing.Select(p => p.Payment)], part),
                }
                : Gone(recordNo);
        if (!invoice.PaymentsKnown || invoice.AmountDue is null || standing.Exists(p => p.Payment.Amount is null))
            return Unclear(name);
        if (
            part.Kept is { } kept
            && InvoiceStatus.FollowsPayments(invoice.Status)
            && !standing.Exists(p => p.Payment.TransactionUid == kept.TransactionUid)
        )
            return new GiveStatus(kept.Status);

        // Zuper's sums may have fractions of a cent, which are not booked.
        var right = standing.Find(p => p.Payment.Amount == wanted || Rounded(p.Payment.Amount!.Value) == wanted);
        var wrong = standing.Where(p => p != right).Select(p => p.Payment).FirstOrDefault();
        var free = invoice.AmountDue.Value + standing.Sum(p => p.Payment.Amount!.Value);
        return (right.Payment, wrong) switch
        {
            (null, null) when wanted == 0 => new Done(times),
            (not null, null) => new Done(right.Time!.Value),

            // To record a payment changes the invoice's status, so a cancelled invoice would become a paid one.
            _ when wanted > 0
                    && invoice.Status is "CANCELED" or "CANCELLED" or "ARCHIVED" or "DRAFT" or "READY_TO_INVOICE" =>
                NotPayable(name, wanted, invoice.Status),

            // This comes before the void: a payment that could not be recorded anew is not voided.
            _ when Math.Max(free, Rounded(free)) < wanted => PaidOtherwise(
                name,
                wanted,
                invoice.AmountDue.Value,
                shared
            ),
            (_, { TransactionUid: { Length: > 0 } uid }) => new Void(
                uid,
                wrong.ReferenceNo!,
                Anew: wanted > 0 && right.Payment is null
            ),
            (_, not null) => NoTransaction(name, wrong.ReferenceNo!),

            // A number in the row whose payment Zuper does not show was never recorded, so it is used now.
            _ => new Record(
                Math.Max(Math.Max(times, 1), ours.Select(p => p.Time!.Value).Append(0).Max() + 1),
                Rounded(free) == wanted ? free : wanted
            ),
        };
    }

    private static decimal Rounded(decimal amount) => InvoiceReading.Rounded(amount);

    /// <summary>
    /// What stands on a deleted invoice; null for nothing. What Zuper does not show of it is as the row says.
    /// </summary>
    private static decimal? LeftOn(
        ZuperInvoice invoice,
        IReadOnlyList<ZuperInvoicePayment> standing,
        PaymentPart part
    ) =>
        invoice.PaymentsKnown
            ? standing.Count == 0
                ? null
                : Rounded(standing.Sum(p => p.Amount ?? part.Amount))
            : part.Time == 0
                ? null
                : part.Amount;

    private static Reject Gone(string recordNo) =>
        new(
            new Problem(
                "zuper-invoice-gone",
                $"Payment {recordNo} pays an invoice in Intacct whose invoice in Zuper is deleted.",
                "Restore the invoice in Zuper and retry, or ignore the payment."
            )
        );

    private static Reject NotShown(string recordNo) =>
        new(
            new Problem(
                "zuper-record-missing",
                $"Payment {recordNo} concerns an invoice that Zuper does not show, though it shows what was deleted "
                    + $"there.",
                "Check that the Zuper account and its API key still see the invoice, then retry; if it is gone for "
                    + "good, ignore this record."
            ),
            MayPass: true
        );

    private static Reject Unclear(string invoice) =>
        new(
            new Problem(
                "zuper-payments-unclear",
                $"Zuper does not say what of invoice {invoice} is due and which payments it has, so nothing is "
                    + $"recorded there.",
                "Look at the invoice in Zuper, then retry."
            )
        );

    private static Reject NotPayable(string invoice, decimal wanted, string status) =>
        new(
            new Problem(
                "zuper-invoice-not-payable",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Intacct has a payment of {wanted:0.00##} on invoice {invoice}, which is "
                        + $"{InvoiceStatus.InWords(status)} in Zuper: no payment is recorded there."
                ),
                "If the invoice is owed, give it the status AWAIT_PAYMENT in Zuper, then retry; if not, "
                    + "reverse the payment in Intacct."
            )
        );

    private static Reject PaidOtherwise(string invoice, decimal wanted, decimal due, bool shared) =>
        new(
            new Problem(
                "zuper-invoice-paid-otherwise",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Intacct has a payment of {wanted:0.00##} on invoice {invoice}, but only {due:0.00##} of "
                        + $"it is due in Zuper: it was paid there by other means."
                ),
                shared
                    ? "Void the payment in Zuper that takes its place, then retry. If it is the same money, it "
                        + "may stay as well: the other invoices of this payment have theirs. Do not set it to "
                        + "ignored: a reversal would not reach them."
                    : "If it is the same money, ignore this payment; else void the payment in Zuper that is "
                        + "wrong, then retry."
            )
        );

    private static Reject NoTransaction(string invoice, string reference) =>
        new(
            new Problem(
                "zuper-payment-without-transaction",
                $"The payment {reference} on invoice {invoice} must be voided, but Zuper shows no transaction of it.",
                "Void it in Zuper by hand, then retry."
            )
        );
}
