using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>What it takes to bring an invoice of Accounts Receivable to what Zuper has.</summary>
/// <remarks>
/// Only what has changed in Zuper since it was last written is compared. An account or a default from the settings
/// stays, and so does what an accountant has changed since. A field that is emptied in Zuper is emptied in Intacct if
/// it still has what was written; that an empty element does so is [assumed]. If nothing of the lines has changed in
/// Zuper, they stay as they are, also where accountants have divided or added some.
/// </remarks>
internal static class ReceivableChange
{
    /// <param name="draft">As Zuper has it.</param>
    /// <param name="wanted">The same with accounts and ids of Intacct.</param>
    /// <param name="booked">As Intacct has it.</param>
    /// <param name="lines">Its lines, in their order.</param>
    /// <param name="keepsAmounts">Whether its lines and their amounts stay as a person has booked them: the sum is
    /// right.</param>
    /// <param name="lacksItem">Whether a line has a product whose item is inactive. Such a line is not
    /// added, and takes no other item's place; one that is booked without an item stays so.</param>
    /// <param name="changes">What is known of what was last written; it learns what is written now. Null where nothing
    /// is known.</param>
    public static InvoiceChange Of(
        InvoiceDraft draft,
        InvoiceFields wanted,
        BookedInvoice booked,
        IReadOnlyList<BookedLine> lines,
        bool keepsAmounts = false,
        Predicate<InvoiceDraftLine>? lacksItem = null,
        InvoiceFieldChanges? changes = null
    )
    {
        changes ??= new InvoiceFieldChanges(Fingerprints.None);
        if (InvoiceLimits.Emptied(draft, booked, changes) is { } emptied)
            return emptied;
        var due = changes.OfInvoice(draft, booked.Total);
        var both = draft.Lines.Zip(wanted.Lines, (d, w) => new Line(d, w)).ToList();
        var paired = LinePairs<Line>.Of(both, lines, (w, b) => Likeness(w, b, changes));
        if (keepsAmounts)
            paired = OfSameAmounts(paired);
        if (!due.Lines && due.LineFields && paired.Added.Count > 0)
            return InvoiceLimits.LineFieldsWithoutLine(booked);
        if (!due.Lines)
            paired = OfSameAmounts(paired);
        var usual = wanted.Lines is [var first, ..] ? DimensionsOf(first) : LineDimensions.None;
        var changed = paired
            .Pairs.Select(p => Changed(draft, p.Wanted, p.Booked, due, changes))
            .Concat(Unpaired(paired, lines).Select(b => WithDimensions(draft, usual, b, due, changes)))
            .OfType<InvoiceLineUpdate>()
            .ToList();
        var moves =
            paired.Left > 0
            || paired.Added.Count > 0
            || paired.Pairs.Any(p => p.Wanted.Draft.Amount != p.Booked.Amount);
        if (moves && booked.HasPayments)
            return InvoiceLimits.AmountsOfPaid(booked, draft.Total);
        if (paired.Left > 0)
            return InvoiceLimits.LinesGone(paired.Left);
        var inactive = paired
            .Added.Concat(
                paired.Pairs.Where(p => due.Lines && TakesAPlace(p.Wanted, p.Booked, changes)).Select(p => p.Wanted)
            )
            .Select(l => l.Draft)
            .FirstOrDefault(l => lacksItem?.Invoke(l) == true);
        if (inactive is not null)
            return new InvoiceChange.Reject(InvoiceProblems.ItemInactive(inactive));

        var update = new InvoiceUpdate
        {
            Date = !due.Date || draft.Date == booked.Date ? null : draft.Date,
            DueDate = !due.DueDate || draft.DueDate == booked.DueDate ? null : draft.DueDate,
            TermName = due.Term ? TermOf(draft, wanted, booked) : null,
            PoNumber = changes.Change(
                InvoiceFieldChanges.Reference,
                due.Reference,
                draft.ReferenceNo,
                booked.ReferenceNo
            ),
            Description = changes.Change(
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
                                .OfLine(lines.Count + i + 1, a.Draft, a.Fields.ItemId, added: true, AccountOf(a.Fields))
                                .CustomFields,
                        }
                ),
            ],
        };
        if (draft.ReferenceProblem is { } tooLong && update.PoNumber is not null)
            return new InvoiceChange.Reject(tooLong);
        if (IsEmpty(update))
            return new InvoiceChange.None();
        if (booked.MadeByOrderEntry)
        {
            return new InvoiceChange.Reject(
                new Problem(
                    "invoice-of-order-entry",
                    $"It has changed in Zuper, and invoice {booked.Number} ({booked.TargetId}) is made by a "
                        + $"document of Order Entry, through which alone it can be changed.",
                    "Change the document in Order Entry by hand, then retry."
                )
            );
        }

        return new InvoiceChange.Write(id => InvoiceRequests.Update(id, booked.TargetId, update));
    }

    /// <summary>
    /// The pairs with the amounts that are booked. Where a person has booked fewer lines, it can't be told which is
    /// which, and there are none.
    /// </summary>
    private static LinePairs<Line> OfSameAmounts(LinePairs<Line> paired) =>
        new(
            paired.Added.Count > 0
                ? []
                :
                [
                    .. paired.Pairs.Select(p =>
                        (p.Wanted with { Draft = p.Wanted.Draft with { Amount = p.Booked.Amount } }, p.Booked)
                    ),
                ],
            [],
            0
        );

    /// <summary>Lines that only Intacct has, and that stay: where they can't stay, nothing is written at all.</summary>
    private static IEnumerable<BookedLine> Unpaired(LinePairs<Line> paired, IReadOnlyList<BookedLine> lines)
    {
        var numbers = paired.Pairs.Select(p => p.Booked.Number).ToHashSet();
        return lines.Where(l => !numbers.Contains(l.Number));
    }

    /// <summary>A line that only Intacct has, with the dimensions of the invoice that are due.</summary>
    private static InvoiceLineUpdate? WithDimensions(
        InvoiceDraft draft,
        LineDimensions usual,
        BookedLine booked,
        InvoiceChanges due,
        InvoiceFieldChanges changes
    ) =>
        LineDimensions.Due(draft, usual, booked, due, changes) is var own && own == LineDimensions.None
            ? null
            : new InvoiceLineUpdate(
                booked.Number,
                new InvoiceLine
                {
                    Amount = booked.Amount,
                    LocationId = own.Location,
                    DepartmentId = own.Department,
                    ClassId = own.Class,
                    ProjectId = own.Project,
                }
            );

    private static string? AccountOf(InvoiceLine line) => line.AccountLabel ?? line.GlAccountNo;

    private static LineDimensions DimensionsOf(InvoiceLine line) =>
        new(line.LocationId, line.DepartmentId, line.ClassId, line.ProjectId);

    /// <summary>
    /// Memo and item tell a line, and so does what was last written to it: an accountant may have changed it since.
    /// Among the others the account counts more than the amount.
    /// </summary>
    private static int Likeness(Line wanted, BookedLine booked, InvoiceFieldChanges changes)
    {
        var sameAccount =
            wanted.Fields.GlAccountNo is { } account && account == booked.GlAccountNo
            || wanted.Fields.AccountLabel is { } label && label == booked.AccountLabel;
        var told =
            wanted.Draft.Memo == (booked.Memo ?? "")
            && (wanted.Fields.ItemId is null || wanted.Fields.ItemId == booked.ItemId);
        return (told ? 16 : 0)
            + (changes.Wrote(booked.Number, wanted.Draft) * 4)
            + (sameAccount ? 2 : 0)
            + (wanted.Draft.Amount == booked.Amount ? 1 : 0);
    }

    /// <summary>Whether it is the same line, changed or not.</summary>
    private static bool IsTold(Line wanted, BookedLine booked, InvoiceFieldChanges changes) =>
        Likeness(wanted, booked, changes) >= 4;

    private static InvoiceLineUpdate? Changed(
        InvoiceDraft draft,
        Line wanted,
        BookedLine booked,
        InvoiceChanges due,
        InvoiceFieldChanges changes
    )
    {
        var told = !due.Lines || IsTold(wanted, booked, changes);
        var dimensions = LineDimensions.Due(draft, DimensionsOf(wanted.Fields), booked, due, changes);
        var own = due.Lines
            ? changes.OfLine(
                booked.Number,
                wanted.Draft,
                wanted.Fields.ItemId,
                account: told ? null : AccountOf(wanted.Fields)
            )
            : new InvoiceLineChanges(false, false, changes.OfLine(booked.Number, wanted.Draft.CustomFields));
        var line = new InvoiceLine
        {
            // A line that has become another one gets that one's account; a line that only changed keeps its own.
            GlAccountNo = told || wanted.Fields.GlAccountNo == booked.GlAccountNo ? null : wanted.Fields.GlAccountNo,
            AccountLabel =
                told || wanted.Fields.AccountLabel == booked.AccountLabel ? null : wanted.Fields.AccountLabel,
            Amount = wanted.Draft.Amount,
            Memo = own.Memo ? Differing(wanted.Draft.Memo, booked.Memo) : null,
            LocationId = dimensions.Location,
            DepartmentId = dimensions.Department,
            ClassId = dimensions.Class,
            ProjectId = dimensions.Project,
            ItemId = own.Item ? Differing(wanted.Fields.ItemId, booked.ItemId) : null,
            CustomFields = own.CustomFields,
        };
        if (!told && IsAnother(wanted, booked))
        {
            line = line with
            {
                Memo = Replacing(wanted.Draft.Memo, booked.Memo),
                LocationId = Replacing(wanted.Fields.LocationId, booked.LocationId),
                DepartmentId = Replacing(wanted.Fields.DepartmentId, booked.DepartmentId),
                ClassId = Replacing(wanted.Fields.ClassId, booked.ClassId),
                ProjectId = Replacing(wanted.Fields.ProjectId, booked.ProjectId),
                ItemId = Replacing(wanted.Fields.ItemId, booked.ItemId),
            };
        }

        return line == new InvoiceLine { Amount = booked.Amount } ? null : new InvoiceLineUpdate(booked.Number, line);
    }

    /// <summary>The term, if Zuper names one. The term of the settings is for new invoices only.</summary>
    private static string? TermOf(InvoiceDraft draft, InvoiceFields wanted, BookedInvoice booked) =>
        draft.TermName is { } named && string.Equals(named, wanted.TermName, StringComparison.OrdinalIgnoreCase)
            ? Differing(wanted.TermName, booked.TermName)
            : null;

    /// <summary>Whether nothing of the former line is left: neither its item nor its memo.</summary>
    private static bool IsAnother(Line wanted, BookedLine booked) =>
        wanted.Draft.Memo != (booked.Memo ?? "") && (booked.ItemId is null || wanted.Fields.ItemId != booked.ItemId);

    /// <summary>Whether a line becomes another one, or had an item that it has no longer.</summary>
    private static bool TakesAPlace(Line wanted, BookedLine booked, InvoiceFieldChanges changes) =>
        booked.ItemId is not null || (!IsTold(wanted, booked, changes) && IsAnother(wanted, booked));

    /// <summary>As <see cref="Differing"/>, and a blank where only the former line had something.</summary>
    private static string? Replacing(string? wanted, string? booked) =>
        Differing(wanted, booked) ?? (string.IsNullOrEmpty(wanted) && !string.IsNullOrEmpty(booked) ? "" : null);

    private static string? Differing(string? wanted, string? booked) =>
        string.IsNullOrEmpty(wanted) || wanted == booked ? null : wanted;

    private static bool IsEmpty(InvoiceUpdate update) =>
        update is { Date: null, DueDate: null, TermName: null, PoNumber: null, Description: null }
        && update.CustomFields.Count == 0
        && update.Changed.Count == 0
        && update.Added.Count == 0;

    private sealed record Line(InvoiceDraftLine Draft, InvoiceLine Fields);
}
