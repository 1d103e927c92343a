using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>
/// What it takes to bring a document of Order Entry to what Zuper has. Only what comes from Zuper is compared.
/// </summary>
internal static class DocumentChange
{
    /// <param name="draft">As Zuper has it.</param>
    /// <param name="wanted">The same with items and ids of Intacct.</param>
    /// <param name="booked">As Intacct has it.</param>
    /// <param name="lines">Its lines, in their order.</param>
    /// <param name="keepsAmounts">Whether its lines and subtotals stay as a person has booked them: the sum is
    /// right.</param>
    /// <param name="changes">What is known of its custom fields; it learns what is written. Null where none is
    /// carried.</param>
    public static InvoiceChange Of(
        InvoiceDraft draft,
        OrderEntryFields wanted,
        BookedInvoice booked,
        IReadOnlyList<BookedLine> lines,
        bool keepsAmounts = false,
        InvoiceFieldChanges? changes = null
    )
    {
        changes ??= new InvoiceFieldChanges(Fingerprints.None);
        var entries = lines.Where(l => l.Subtotal is null).ToList();
        var paired = keepsAmounts
            ? new LinePairs<OrderEntryLine>([], [], 0)
            : LinePairs<OrderEntryLine>.Of(wanted.Lines, entries, Likeness);
        var changed = paired
            .Pairs.Select(p =>
                (p.Wanted, p.Booked, CustomFields: changes.OfLine(p.Booked.Number, p.Wanted.CustomFields))
            )
            .Where(p => p.CustomFields.Count > 0 || Differs(draft, p.Wanted, p.Booked))
            .Select(p => new OrderEntryLineUpdate(
                p.Booked.Number,
                Whole(p.Wanted, p.Booked) with
                {
                    CustomFields = p.CustomFields,
                }
            ))
            .ToList();
        var update = new OrderEntryUpdate
        {
            Date = draft.Date == booked.Date ? null : draft.Date,
            DueDate = draft.DueDate is null || draft.DueDate == booked.DueDate ? null : draft.DueDate,
            TermName =
                draft.TermName is { } named
                && string.Equals(named, wanted.TermName, StringComparison.OrdinalIgnoreCase)
                && wanted.TermName != booked.TermName
                    ? wanted.TermName
                    : null,
            ReferenceNo = draft.ReferenceNo is { } reference && reference != booked.ReferenceNo ? reference : null,
            Message = draft.Description is { } message && message != booked.Description ? message : null,
            CustomFields = changes.OfHead(draft),
            Changed = changed,
            Added =
            [
                .. paired.Added.Select(
                    (a, i) => a with { CustomFields = changes.OfLine(entries.Count + i + 1, a.CustomFields) }
                ),
            ],
            Subtotals = keepsAmounts ? [] : Subtotals(wanted.Subtotals, [.. lines.Where(l => l.Subtotal is not null)]),
        };
        var empty =
            changed.Count == 0
            && update.Subtotals.Count == 0
            && paired is { Added.Count: 0, Left: 0 }
            && update.CustomFields.Count == 0
            && update is { Date: null, DueDate: null, TermName: null, ReferenceNo: null, Message: null };
        if (empty)
            return new InvoiceChange.None();

        // An edit deletes the document's invoice, and its payments with it, and makes another one.
        if (booked.HasPayments)
            return InvoiceLimits.AmountsOfPaid(booked, draft.Total);
        return paired.Left > 0
            ? InvoiceLimits.LinesGone(paired.Left)
            : new InvoiceChange.Write(id => OrderEntryRequests.Update(id, booked.TargetId, update));
    }

    /// <summary>
    /// None where all are right already; else all of them. A subtotal that is no longer wanted is sent as zero, since
    /// one that is left out would stay.
    /// </summary>
    private static OrderEntrySubtotal[] Subtotals(
        IReadOnlyList<OrderEntrySubtotal> wanted,
        IReadOnlyList<BookedLine> booked
    )
    {
        var there = booked
            .GroupBy(b => b.Subtotal!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.Sum(b => b.Amount), StringComparer.OrdinalIgnoreCase);
        var gone = there.Keys.Where(name => !wanted.Any(w => IsNamed(w, name))).ToList();
        return gone.Count == 0 && wanted.All(w => there.GetValueOrDefault(w.Description) == w.Total)
            ? []
            : [.. wanted, .. gone.Select(name => new OrderEntrySubtotal(name, 0))];
    }

    private static bool IsNamed(OrderEntrySubtotal subtotal, string name) =>
        string.Equals(subtotal.Description, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The line as it is sent. A field that is left out keeps its value, so the discount is always sent. A line that
    /// has become another one is sent with blanks for the fields that only the former one had.
    /// </summary>
    private static OrderEntryLine Whole(OrderEntryLine wanted, BookedLine booked)
    {
        var line = wanted with { DiscountPercent = wanted.DiscountPercent ?? 0 };
        return wanted.ItemId == booked.ItemId
            ? line
            : line with
            {
                Description = line.Description ?? "",
                Memo = line.Memo ?? Blank(booked.Memo),
                LocationId = line.LocationId ?? Blank(booked.LocationId),
                DepartmentId = line.DepartmentId ?? Blank(booked.DepartmentId),
                ClassId = line.ClassId ?? Blank(booked.ClassId),
                ProjectId = line.ProjectId ?? Blank(booked.ProjectId),
            };
    }

    private static string? Blank(string? booked) => string.IsNullOrEmpty(booked) ? null : "";

    private static int Likeness(OrderEntryLine wanted, BookedLine booked) =>
        (wanted.ItemId == booked.ItemId ? 4 : 0)
        + ((wanted.Memo ?? "") == (booked.Memo ?? "") ? 2 : 0)
        + (InvoiceAsDocument.Value(wanted) == booked.Amount ? 1 : 0);

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
