using System.Globalization;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>What keeps a booked invoice from being changed, whatever kind of document it is. Pure.</summary>
internal static class InvoiceLimits
{
    /// <param name="context">What it is to be.</param>
    /// <param name="booked">As Intacct has it.</param>
    /// <param name="sameIdentity">Whether number and customer are still what was written last; null when that is not
    /// known, for example of an adopted invoice.</param>
    /// <returns>Null when nothing keeps it.</returns>
    public static InvoiceChange? Of(InvoiceContext context, BookedInvoice booked, bool? sameIdentity)
    {
        if (booked.State == BookedState.Reversed)
            return new InvoiceChange.Reject(ReversedInIntacct(booked));
        if (
            sameIdentity != true
            && !string.Equals(booked.CustomerId, context.CustomerId, StringComparison.OrdinalIgnoreCase)
        )
            return new InvoiceChange.WithoutUpdate(
                "invoice-customer-changed",
                $"It is for customer {context.CustomerId} now, and booked for {booked.CustomerId}"
            );
        return sameIdentity == false && booked.Number != context.Number
            ? new InvoiceChange.WithoutUpdate(
                "invoice-number-changed",
                $"Its number is {context.Number} now, and it is booked as {booked.Number}"
            )
            : null;
    }

    /// <summary>Intacct shows all that was written within 2 hours.</summary>
    private static readonly TimeSpan ShownAfter = TimeSpan.FromHours(2);

    /// <summary>
    /// Of a payment term or a due date that Zuper has emptied: an invoice in Intacct always has a due date, and no
    /// update takes its term away.
    /// </summary>
    /// <returns>Null where neither is so.</returns>
    public static InvoiceChange? Emptied(InvoiceDraft draft, BookedInvoice booked, InvoiceFieldChanges changes)
    {
        if (changes.IsEmptied(InvoiceFieldChanges.Term, draft.TermName, booked.TermName))
            return Emptied("payment term", booked.TermName!, booked);
        return
            ComparedRecord.Text(booked.DueDate) is { } due
            && changes.IsEmptied(InvoiceFieldChanges.DueDate, ComparedRecord.Text(draft.DueDate), due)
            ? Emptied("due date", due, booked)
            : null;
    }

    private static InvoiceChange.Reject Emptied(string what, string value, BookedInvoice booked) =>
        new(
            new Problem(
                "invoice-field-emptied",
                $"Its {what} was emptied in Zuper. Invoice {booked.Number} ({booked.TargetId}) has {value} from Zuper, "
                    + $"and Intacct can't empty that.",
                $"Give it a {what} in Zuper, or give the invoice another one in Intacct, then retry."
            )
        );

    public static InvoiceChange LinesGone(int count) =>
        new InvoiceChange.WithoutUpdate(
            "invoice-line-removed",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} of its lines in Intacct {(count == 1 ? "is" : "are")} no longer in Zuper"
            )
        );

    /// <summary>A custom field of a line has changed, and Intacct has no line of its own for it.</summary>
    public static InvoiceChange LineFieldsWithoutLine(BookedInvoice booked) =>
        new InvoiceChange.Reject(
            new Problem(
                "invoice-lines-unclear",
                $"A custom field of its lines has changed in Zuper, and invoice {booked.Number} ({booked.TargetId}) "
                    + $"has fewer lines in Intacct, so it can't be told which line it belongs to.",
                "Make the change in Intacct by hand and ignore this record, or retry."
            )
        );

    public static InvoiceChange AmountsOfPaid(BookedInvoice booked, decimal total) =>
        new InvoiceChange.Reject(
            new Problem(
                "invoice-paid",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Its amounts have changed in Zuper to {total:0.00} in all, and invoice {booked.Number} in "
                        + $"Intacct ({booked.Total:0.00}) is "
                        + $"{(booked.State == BookedState.Paid ? "paid" : "partly paid")}, so it can't be changed."
                ),
                "Undo the change in Zuper, or bill the difference by another invoice; or reverse the payment "
                    + "in Intacct and retry."
            )
        );

    /// <summary>
    /// Intacct may show late what was written. Lines that stay unclear for longer than that need a person.
    /// </summary>
    public static Failure Unclear(BookedInvoice booked, TimeSpan since) =>
        since < ShownAfter
            ? new Failure(
                FailureClass.Throttled,
                new Problem(
                    "invoice-lines-late",
                    $"The lines that Intacct shows of invoice {booked.Number} do not make its sum yet.",
                    "Nothing: it is looked at again by itself."
                ),
                TimeSpan.FromSeconds(10)
            )
            : new Failure(
                FailureClass.Data,
                new Problem(
                    "invoice-lines-unclear",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The lines that Intacct shows of invoice {booked.Number} ({booked.TargetId}) do not "
                            + $"make its sum of {booked.Total:0.00}, so what has changed in Zuper can't be told line "
                            + $"by line."
                    ),
                    "Make the change in Intacct by hand and ignore this record, or retry."
                )
            );

    /// <summary>
    /// What a person is told where the settings do not let invoices be made anew, or somebody else has made this one.
    /// </summary>
    public static Problem Choice(InvoiceChange.WithoutUpdate change, BookedInvoice booked) =>
        new(
            change.Code,
            $"{change.What}; Intacct can't change that on an invoice.",
            booked.HasPayments
                ? $"Invoice {booked.Number} has payments: undo the change in Zuper, or correct it in Intacct by "
                    + $"hand and ignore this record."
                : $"Undo the change in Zuper; or correct invoice {booked.Number} in Intacct by hand and ignore "
                    + $"this record; or, for an invoice that was made from Zuper, set invoice.recreate to have it "
                    + $"reversed and made anew with a suffix to its number, then retry. Where that is set and the "
                    + "story no longer tells who made the invoice, reverse it in Intacct by hand."
        );

    public static Problem ReversedInIntacct(BookedInvoice booked) =>
        new(
            "invoice-reversed-in-intacct",
            $"Its invoice {booked.Number} ({booked.TargetId}) was reversed in Intacct by somebody.",
            "Cancel it in Zuper if it is no longer owed; or link the record to the invoice that took its "
                + "place; or ignore it."
        );
}
