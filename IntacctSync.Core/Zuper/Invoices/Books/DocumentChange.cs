using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>
/// What it takes to bring a document of Order Entry to what Zuper has. Only what has changed in Zuper since it was last
/// written is compared, as for an invoice of Accounts Receivable (<see cref="ReceivableChange"/>).
/// </summary>
internal static class DocumentChange
{
    /// <param name="draft">As Zuper has it.</param>
    /// <param name="wanted">The same with items and ids of Intacct.</param>
    /// <param name="booked">As Intacct has it.</param>
    /// <param name="lines">Its lines, in their order.</param>
    /// <param name="keepsAmounts">Whether its lines and subtotals stay as a person has booked them: the sum is
    /// right.</param>
    /// <param name="changes">What is known of what was last written; it learns what is written now. Null where nothing
    /// is known.</param>
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
        if (InvoiceLimits.Emptied(draft, booked, changes) is { } emptied)
            return emptied;
        var due = changes.OfInvoice(draft, booked.Total);
        var entries = lines.Where(l => l.Subtotal is null).ToList();
        var both = draft
            .Lines.Where(l => l.Kind == InvoiceLineKind.Item)
            .Zip(wanted.Lines, (d, w) => new Line(d, w))
            .ToList();
        var paired = keepsAmounts
            ? new LinePairs<Line>([], [], 0)
            : LinePairs<Line>.Of(both, entries, (w, b) => Likeness(w, b, changes));
        if (!due.Lines && due.LineFields && paired.Added.Count > 0)
            return InvoiceLimits.LineFieldsWithoutLine(booked);
        if (!due.Lines)
            paired = paired with { Added = [], Left = 0 };
        var numbers = paired.Pairs.Select(p => p.Booked.Number).ToHashSet();
        var usual = wanted.Lines is [var first, ..] ? DimensionsOf(first) : LineDimensions.None;
        var changed = paired
            .Pairs.Select(p => Changed(draft, p.Wanted, p.Booked, due, changes))
            .Concat(
                entries
                    .Where(e => !numbers.Contains(e.Number))
                    .Select(e => WithDimensions(draft, usual, e, due, changes))
            )
            .OfType<OrderEntryLineUpdate>()
            .ToList();
        var update = new OrderEntryUpdate
        {
            Date = !due.Date || draft.Date == booked.Date ? null : draft.Date,
            DueDate = !due.DueDate || draft.DueDate == booked.DueDate ? null : draft.DueDate,
            TermName =
                due.Term
                && string.Equals(draft.TermName, wanted.TermName, StringComparison.OrdinalIgnoreCase)
                && wanted.TermName != booked.TermName
                    ? wanted.TermName
                    : null,
            ReferenceNo = changes.Change(
                InvoiceFieldChanges.Reference,
                due.Reference,
                draft.ReferenceNo,
                booked.ReferenceNo
            ),
            Message = changes.Change(
                InvoiceFieldChanges.Description,
                due.Description,
                draft.Description,
                booked.Description
            ),
            CustomFields = changes.OfHead(draft),
            Changed = changed,
            Added =
            [
                .. paired.Added.Select(
                    (a, i) =>
                        a.Fields with
                        {
                            CustomFields = changes
                                .OfLine(entries.Count + i + 1, a.Draft, a.Fields.ItemId, added: true)
                                .CustomFields,
                        }
                ),
            ],
            Subtotals =
                keepsAmounts || !due.Lines
                    ? []
                    : Subtotals(wanted.Subtotals, [.. lines.Where(l => l.Subtotal is not null)]),
        };
        var empty =
            changed.Count == 0
            && update.Subtotals.Count == 0
            && paired is { Added.Count: 0, Left: 0 }
            && update.CustomFields.Count == 0
            && update is { Date: null, DueDate: null, TermName: null, ReferenceNo: null, Message: null };
        if (draft.ReferenceProblem is { } tooLong && update.ReferenceNo is not null)
            return new InvoiceChange.Reject(tooLong);
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
    /// The line as it is sent; null where nothing of it is. What is left out keeps its value, so the discount is always
    /// sent, and what has not changed in Zuper is left out.
    /// </summary>
    private static OrderEntryLineUpdate? Changed(
        InvoiceDraft draft,
        Line wanted,
        BookedLine booked,
        InvoiceChanges due,
        InvoiceFieldChanges changes
    )
    {
        var own = due.Lines
            ? changes.OfLine(booked.Number, wanted.Draft, wanted.Fields.ItemId)
            : new InvoiceLineChanges(false, false, changes.OfLine(booked.Number, wanted.Draft.CustomFields));
        if (due.Lines && own.Item && wanted.Fields.ItemId != booked.ItemId)
            return new OrderEntryLineUpdate(
                booked.Number,
                Another(wanted.Fields, booked) with
                {
                    CustomFields = own.CustomFields,
                }
            );
        var dimensions = LineDimensions.Due(draft, DimensionsOf(wanted.Fields), booked, due, changes);
        var line = wanted.Fields with
        {
            ItemId = booked.ItemId ?? wanted.Fields.ItemId,
            Unit = booked.ItemId == wanted.Fields.ItemId ? wanted.Fields.Unit : null,
            DiscountPercent = wanted.Fields.DiscountPercent ?? 0,
            Description = own.Memo ? wanted.Fields.Description : null,
            Memo = own.Memo ? wanted.Fields.Memo : null,
            LocationId = dimensions.Location,
            DepartmentId = dimensions.Department,
            ClassId = dimensions.Class,
            ProjectId = dimensions.Project,
            CustomFields = own.CustomFields,
        };
        if (!due.Lines)
            line = line with
            {
                Unit = null,
                Quantity = booked.Quantity ?? line.Quantity,
                Price = booked.Price ?? line.Price,
                DiscountPercent = booked.DiscountPercent ?? 0,
            };
        var moves = due.Lines && (line.Quantity != booked.Quantity || InvoiceAsDocument.Value(line) != booked.Amount);
        var differs =
            moves
            || Other(line.Memo, booked.Memo) is not null
            || dimensions != LineDimensions.None
            || line.CustomFields.Count > 0;
        return differs ? new OrderEntryLineUpdate(booked.Number, line) : null;
    }

    /// <summary>
    /// A line that only Intacct has, with the dimensions of the invoice that are due: each line gets them.
    /// </summary>
    private static OrderEntryLineUpdate? WithDimensions(
        InvoiceDraft draft,
        LineDimensions usual,
        BookedLine booked,
        InvoiceChanges due,
        InvoiceFieldChanges changes
    )
    {
        if (booked is not { ItemId: { } item, Quantity: { } quantity, Price: { } price })
            return null;
        var own = LineDimensions.Due(draft, usual, booked, due, changes);
        return own == LineDimensions.None
            ? null
            : new OrderEntryLineUpdate(
                booked.Number,
                new OrderEntryLine
                {
                    ItemId = item,
                    Quantity = quantity,
                    Price = price,
                    DiscountPercent = booked.DiscountPercent ?? 0,
                    LocationId = own.Location,
                    DepartmentId = own.Department,
                    ClassId = own.Class,
                    ProjectId = own.Project,
                }
            );
    }

    private static LineDimensions DimensionsOf(OrderEntryLine line) =>
        new(line.LocationId, line.DepartmentId, line.ClassId, line.ProjectId);

    /// <summary>A line that has become another one: blanks for the fields that only the former one had.</summary>
    private static OrderEntryLine Another(OrderEntryLine wanted, BookedLine booked) =>
        wanted with
        {
            DiscountPercent = wanted.DiscountPercent ?? 0,
            Description = wanted.Description ?? "",
            Memo = wanted.Memo ?? Blank(booked.Memo),
            LocationId = wanted.LocationId ?? Blank(booked.LocationId),
            DepartmentId = wanted.DepartmentId ?? Blank(booked.DepartmentId),
            ClassId = wanted.ClassId ?? Blank(booked.ClassId),
            ProjectId = wanted.ProjectId ?? Blank(booked.ProjectId),
        };

    private static string? Blank(string? booked) => string.IsNullOrEmpty(booked) ? null : "";

    private static int Likeness(Line wanted, BookedLine booked, InvoiceFieldChanges changes) =>
        (wanted.Fields.ItemId == booked.ItemId ? 16 : 0)
        + (changes.Wrote(booked.Number, wanted.Draft) * 4)
        + ((wanted.Fields.Memo ?? "") == (booked.Memo ?? "") ? 2 : 0)
        + (InvoiceAsDocument.Value(wanted.Fields) == booked.Amount ? 1 : 0);

    /// <summary>What is wanted where it is something else than is booked.</summary>
    private static string? Other(string? wanted, string? booked) => wanted == booked ? null : wanted;

    private sealed record Line(InvoiceDraftLine Draft, OrderEntryLine Fields);
}
