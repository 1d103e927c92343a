using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>What it takes to bring an invoice of Accounts Receivable to what Zuper has.</summary>
/// <remarks>
/// Only what comes from Zuper is compared. An account or a default from the settings stays, and so does what an
/// accountant has changed since. A field that is empty in Zuper clears nothing in Intacct, but for a custom field that
/// the sync has written.
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
    /// <param name="changes">What is known of its custom fields; it learns what is written. Null where none is
    /// carried.</param>
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
        var both = draft.Lines.Zip(wanted.Lines, (d, w) => new Line(d, w)).ToList();
        var paired = LinePairs<Line>.Of(both, lines, Likeness);
        if (keepsAmounts)
            paired = OfSameAmounts(paired);
        var changed = paired
            .Pairs.Select(p => Changed(draft, p.Wanted, p.Booked, changes))
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
            .Added.Concat(paired.Pairs.Where(p => TakesAPlace(p.Wanted, p.Booked)).Select(p => p.Wanted))
            .Select(l => l.Draft)
            .FirstOrDefault(l => lacksItem?.Invoke(l) == true);
        if (inactive is not null)
            return new InvoiceChange.Reject(InvoiceProblems.ItemInactive(inactive));

        var update = new InvoiceUpdate
        {
            Date = draft.Date == booked.Date ? null : draft.Date,
            DueDate = draft.DueDate == booked.DueDate ? null : draft.DueDate,
            TermName = TermOf(draft, wanted, booked),
            PoNumber = Differing(draft.ReferenceNo, booked.ReferenceNo),
            Description = Differing(draft.Description, booked.Description),
            CustomFields = changes.OfHead(draft),
            Changed = changed,
            Added =
            [
                .. paired.Added.Select(
                    (a, i) => a.Fields with { CustomFields = changes.OfLine(lines.Count + i + 1, a.Draft.CustomFields) }
                ),
            ],
        };
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

    /// <summary>Memo and item tell a line. Among the others the account counts more than the amount.</summary>
    private static int Likeness(Line wanted, BookedLine booked)
    {
        var sameAccount =
            wanted.Fields.GlAccountNo is { } account && account == booked.GlAccountNo
            || wanted.Fields.AccountLabel is { } label && label == booked.AccountLabel;
        var told =
            wanted.Draft.Memo == (booked.Memo ?? "")
            && (wanted.Fields.ItemId is null || wanted.Fields.ItemId == booked.ItemId);
        return (told ? 4 : 0) + (sameAccount ? 2 : 0) + (wanted.Draft.Amount == booked.Amount ? 1 : 0);
    }

    private static InvoiceLineUpdate? Changed(
        InvoiceDraft draft,
        Line wanted,
        BookedLine booked,
        InvoiceFieldChanges changes
    )
    {
        var told = (Likeness(wanted, booked) & 4) != 0;
        var line = new InvoiceLine
        {
            // A line that has become another one gets that one's account; a line that only changed keeps its own.
            GlAccountNo = told || wanted.Fields.GlAccountNo == booked.GlAccountNo ? null : wanted.Fields.GlAccountNo,
            AccountLabel =
                told || wanted.Fields.AccountLabel == booked.AccountLabel ? null : wanted.Fields.AccountLabel,
            Amount = wanted.Draft.Amount,
            Memo = Differing(wanted.Draft.Memo, booked.Memo),
            LocationId = Differing(draft.LocationId, booked.LocationId),
            DepartmentId = Differing(draft.DepartmentId, booked.DepartmentId),
            ClassId = Differing(draft.ClassId, booked.ClassId),
            ProjectId = Differing(draft.ProjectId, booked.ProjectId),
            ItemId = Differing(wanted.Fields.ItemId, booked.ItemId),
            CustomFields = changes.OfLine(booked.Number, wanted.Draft.CustomFields),
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
    private static bool TakesAPlace(Line wanted, BookedLine booked) =>
        booked.ItemId is not null || IsAnother(wanted, booked);

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
