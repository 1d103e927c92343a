using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>
/// The line for the cents by which a total that is rounded once differs from its rounded parts. Pure.
/// </summary>
internal static class InvoiceRounding
{
    /// <summary>The memo of a rounding line. People read it, and the line is recognized by it.</summary>
    public const string Memo = "Rounding";

    /// <summary>Why it can't be booked; null where there is none, or where its account is set.</summary>
    public static Problem? Unbookable(InvoiceDraft draft, InvoiceSettings settings) =>
        draft.Lines.FirstOrDefault(l => l.Kind == InvoiceLineKind.Rounding) is { } line
        && InvoiceAsReceivable.Account(settings, InvoiceLineKind.Rounding) is (null, null)
            ? InvoiceProblems.AccountMissing(InvoiceLineKind.Rounding, Math.Abs(line.Amount))
            : null;

    /// <summary>
    /// Whether a booked invoice keeps the amounts of its lines: it comes to Zuper's total, and how a person has shared
    /// out the cents that have no account is the person's.
    /// </summary>
    public static bool IsByHand(InvoiceDraft draft, InvoiceSettings settings, BookedInvoice booked) =>
        (draft.SumProblem ?? Unbookable(draft, settings)) is not null && booked.Total == draft.Total;

    public static InvoiceDraft Without(InvoiceDraft draft) =>
        draft with
        {
            Lines = [.. draft.Lines.Where(l => l.Kind != InvoiceLineKind.Rounding)],
        };

    /// <summary>
    /// The draft with a rounding of nothing where the booked invoice has one that is no longer needed: a line can't be
    /// taken off an invoice.
    /// </summary>
    public static InvoiceDraft Kept(InvoiceDraft draft, InvoiceSettings settings, IEnumerable<BookedLine> lines) =>
        draft.Lines.All(l => l.Kind != InvoiceLineKind.Rounding) && lines.Any(l => IsRounding(l, settings))
            ? draft with
            {
                Lines = [.. draft.Lines, new InvoiceDraftLine(InvoiceLineKind.Rounding, 0, Memo)],
            }
            : draft;

    private static bool IsRounding(BookedLine line, InvoiceSettings settings) =>
        line is { Memo: Memo, Subtotal: null }
        && InvoiceAsReceivable.Account(settings, InvoiceLineKind.Rounding) switch
        {
            ({ } account, _) => account == line.GlAccountNo,
            (_, { } label) => label == line.AccountLabel,
            _ => false,
        };
}
