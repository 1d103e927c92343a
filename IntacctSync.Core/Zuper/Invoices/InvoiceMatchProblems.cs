using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>What a person is told of an invoice that Intacct seems to have already.</summary>
internal static class InvoiceMatchProblems
{
    public static Problem Taken(InvoiceDraft draft, InvoiceContext context, BookedInvoice booked, string? owner) =>
        new(
            "number-taken",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Intacct has the number {context.Number} already: {booked.TargetId}, customer "
                    + $"{booked.CustomerId}, {Sum(booked, draft.Currency)}{State(booked)}{Dated(booked)}; this one is "
                    + $"for customer {context.CustomerId}, {Sum(draft, booked)}, dated {draft.Date:yyyy-MM-dd}."
                    + $"{Owned(owner)}"
            ),
            "If both are one, make customer and amount the same on both sides, post what is a draft, then link the "
                + "record to it; else change the number in Zuper, or the other one's in Intacct, then retry."
        )
        {
            Records = owner is null ? [] : [owner],
        };

    public static Problem SageIdUnknown(string sageId) =>
        new(
            "sage-id-unknown",
            $"'{InvoiceMapper.SageInvoiceId}' is {sageId}, but Intacct has no such invoice.",
            $"Clear '{InvoiceMapper.SageInvoiceId}' in Zuper to have an invoice made, or link the record to "
                + $"the right one."
        );

    public static Problem SageIdDiffers(
        string sageId,
        InvoiceDraft draft,
        InvoiceContext context,
        BookedInvoice booked
    ) =>
        new(
            "sage-id-differs",
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{InvoiceMapper.SageInvoiceId}' is {sageId}, which in Intacct is invoice {booked.Number} of "
                    + $"customer {booked.CustomerId}, {Sum(booked, draft.Currency)}{State(booked)}{Dated(booked)}; "
                    + $"this one is for customer {context.CustomerId}, {Sum(draft, booked)}, dated "
                    + $"{draft.Date:yyyy-MM-dd}."
            ),
            $"If both are one, make customer and amount the same on both sides, then link the record to it; else clear "
                + $"'{InvoiceMapper.SageInvoiceId}' in Zuper to have an invoice made."
        );

    public static Problem SageIdAmbiguous(string sageId, IEnumerable<BookedInvoice> booked) =>
        new(
            "sage-id-ambiguous",
            $"'{InvoiceMapper.SageInvoiceId}' {sageId} fits several invoices in Intacct: "
                + $"{string.Join(", ", booked.Select(b => b.TargetId).Order(StringComparer.Ordinal))}.",
            "Link the record to the right one."
        );

    public static Problem SageIdTaken(string sageId, string owner) =>
        new(
            "sage-id-taken",
            $"'{InvoiceMapper.SageInvoiceId}' {sageId} belongs to the record {owner}; this one looks like a "
                + $"copy of it.",
            $"Clear '{InvoiceMapper.SageInvoiceId}' in the copy in Zuper; it then gets an invoice of its own."
        )
        {
            Records = [owner],
        };

    /// <summary>What an invoice in Intacct comes to, with its currency where that is another one's.</summary>
    internal static string Sum(BookedInvoice booked, string? currency) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{booked.Total:0.00}{(booked.IsIn(currency) ? "" : $" {booked.Currency}")}"
        );

    private static string Sum(InvoiceDraft draft, BookedInvoice booked) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{draft.Total:0.00}{(booked.IsIn(draft.Currency) ? "" : $" {draft.Currency ?? booked.BaseCurrency}")}"
        );

    internal static string Dated(BookedInvoice booked) =>
        booked.Date is { } date ? string.Create(CultureInfo.InvariantCulture, $", dated {date:yyyy-MM-dd}") : "";

    internal static string State(BookedInvoice booked) =>
        booked.State switch
        {
            BookedState.Reversed => ", reversed",
            BookedState.Draft => ", a draft",
            _ => "",
        };

    /// <summary>Of an invoice that is out of use in Zuper, and whose counterpart may be this one.</summary>
    /// <param name="cause">What has happened in Zuper.</param>
    /// <param name="booked">As Intacct has it.</param>
    public static Problem StillBooked(string cause, BookedInvoice booked) =>
        new(
            "cancelled-and-booked",
            $"{cause}. Invoice {Which(booked)} in Intacct may be its counterpart. The sync has not written it, so it "
                + "is not reversed by itself.",
            "If the two are one, reverse it in Intacct by hand, then retry. If they are not, ignore this record."
        );

    /// <summary>
    /// Of an invoice that is a draft in Zuper, linked to nothing, and whose counterpart may be this one.
    /// </summary>
    public static Problem DraftAndBooked(string how, BookedInvoice booked) =>
        new(
            "invoice-back-to-draft",
            $"It is {how} in Zuper. Invoice {Which(booked)} in Intacct may be its counterpart: it shows that id.",
            $"If the two are one, issue it again in Zuper, which links them; or cancel it there and reverse the one in "
                + $"Intacct by hand. If they are not, clear '{InvoiceMapper.SageInvoiceId}' in Zuper, then retry."
        );

    /// <summary>Of a linked invoice that shows another one in Zuper.</summary>
    public static Problem ShowsAnother(KeyMapEntry entry, string shown, BookedInvoice other) =>
        new(
            "sage-id-changed",
            $"It is linked to {entry.TargetId}, and '{InvoiceMapper.SageInvoiceId}' in Zuper is {shown}, which in "
                + $"Intacct is invoice {Which(other)}, and no other record's. Somebody has changed the id, or the link "
                + "is older than it, as after an older copy of the store was restored.",
            $"If the one that Zuper shows is right, link the record to it by hand. If {entry.TargetId} is right, clear "
                + $"'{InvoiceMapper.SageInvoiceId}' in Zuper, then retry."
        );

    private static string Which(BookedInvoice booked) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{booked.Number} ({booked.TargetId}, customer {booked.CustomerId}, {booked.Total:0.00}{Dated(booked)})"
        );

    private static string Owned(string? owner) => owner is null ? "" : $" It is linked to the record {owner}.";
}
