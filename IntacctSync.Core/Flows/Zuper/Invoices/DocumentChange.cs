using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Mapping;

namespace IntacctSync.Core.Flows.Zuper.Invoices;

/// <summary>What makes a document of Order Entry what Zuper has. Pure; compares what comes from Zuper only.</summary>
internal static class DocumentChange
{
    /// <param name="draft">As Zuper has it.</param>
    /// <param name="wanted">The same with items and ids of Intacct.</param>
    /// <param name="booked">As Intacct has it.</param>
    /// <param name="lines">Its lines, in their order.</param>
    public static InvoiceChange Of(InvoiceDraft draft, OrderEntryFields wanted, BookedInvoice booked, IReadOnlyList<BookedLine> lines)
    {
        var paired = LinePairs<OrderEntryLine>.Of(wanted.Lines, lines, Likeness);
        var changed = paired.Pairs.Where(p => Differs(draft, p.Wanted, p.Booked)).Select(p => new OrderEntryLineUpdate(p.Booked.Number, p.Wanted)).ToList();
        var update = new OrderEntryUpdate
        {
            Date = draft.Date == booked.Date ? null : draft.Date,
            DueDate = draft.DueDate is null || draft.DueDate == booked.DueDate ? null : draft.DueDate,
            TermName = draft.TermName is { } named && string.Equals(named, wanted.TermName, StringComparison.OrdinalIgnoreCase) && wanted.TermName != booked.TermName ? wanted.TermName : null,
            ReferenceNo = draft.ReferenceNo is { } reference && reference != booked.ReferenceNo ? reference : null,
            Message = draft.Description is { } message && message != booked.Description ? message : null,
            Changed = changed,
            Added = paired.Added,
            Subtotals = wanted.Subtotals,
        };
        var empty = changed.Count == 0 && paired is { Added.Count: 0, Left: 0 } && draft.Total == booked.Total
            && update is { Date: null, DueDate: null, TermName: null, ReferenceNo: null, Message: null };
        if (empty)
            return new InvoiceChange.None();

        // An edit deletes the document's invoice and makes another one, which no payment would survive.
        if (booked.HasPayments)
            return InvoiceLimits.AmountsOfPaid(booked, draft.Total);
        return paired.Left > 0 ? InvoiceLimits.LinesGone(paired.Left) : new InvoiceChange.Write(id => OrderEntryRequests.Update(id, booked.TargetId, update));
    }

    private static int Likeness(OrderEntryLine wanted, BookedLine booked) =>
        (wanted.ItemId == booked.ItemId ? 4 : 0) + ((wanted.Memo ?? "") == (booked.Memo ?? "") ? 2 : 0) + (InvoiceAsDocument.Value(wanted) == booked.Amount ? 1 : 0);

    private static bool Differs(InvoiceDraft draft, OrderEntryLine wanted, BookedLine booked) =>
        wanted.ItemId != booked.ItemId
        || wanted.Quantity != booked.Quantity
        || InvoiceAsDocument.Value(wanted) != booked.Amount
        || (wanted.Memo is not null && wanted.Memo != booked.Memo)
        || Other(draft.LocationId, booked.LocationId)
        || Other(draft.DepartmentId, booked.DepartmentId)
        || Other(draft.ClassId, booked.ClassId)
        || Other(draft.ProjectId, booked.ProjectId);

    private static bool Other(string? wanted, string? booked) => wanted is not null && wanted != booked;
}
