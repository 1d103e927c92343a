using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>Reads the counterparts of the invoices that are to be reversed or changed, all at once.</summary>
internal static class BookedReader
{
    /// <summary>Gives each of them its counterpart; null stays where Intacct has it no longer.</summary>
    public static async Task ReadAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var works = pass
            .Open.Where(w =>
                w.Decision is InvoiceDecision.Reverse || (w is { Decision: InvoiceDecision.Update, Context: not null })
            )
            .ToList();
        await ReadAsync(pass, works, cancellationToken);
    }

    /// <summary>Gives each of these its counterpart; null stays where Intacct has it no longer.</summary>
    public static async Task ReadAsync(
        InvoicePass pass,
        IReadOnlyList<InvoiceWork> works,
        CancellationToken cancellationToken
    )
    {
        if (works.Count == 0)
            return;
        var byId = await pass.Books.ByIdAsync(pass.Batch, [.. works.Select(w => w.Entry.TargetId!)], cancellationToken);
        foreach (var work in works)
            work.Booked = byId.GetValueOrDefault(work.Entry.TargetId!);
        await ReadByNumberAsync(pass, [.. works.Where(w => w.Booked is null)], cancellationToken);
    }

    /// <summary>
    /// An invoice that a document of Order Entry made has another RECORDNO after each edit of it, and a person may have
    /// linked one by its number.
    /// </summary>
    private static async Task ReadByNumberAsync(
        InvoicePass pass,
        IReadOnlyList<InvoiceWork> works,
        CancellationToken cancellationToken
    )
    {
        // One that a person has linked by its number may be in either book; all others stay in their own.
        foreach (var group in works.GroupBy(w => w.Entry.NaturalKey is null ? null : pass.Books.Of(w.Entry.TargetId!)))
        {
            var numbers = group.SelectMany(w => NumbersOf(w.Entry)).Distinct(StringComparer.Ordinal).ToList();
            var found = await (
                group.Key?.ByNumberAsync(pass.Batch, numbers, cancellationToken)
                ?? pass.Books.ByNumberAsync(pass.Batch, numbers, cancellationToken)
            );
            foreach (var work in group)
            {
                work.Booked = Only(work.Entry, found);
                if (work.Booked is not null && !pass.Shadow)
                    await RelinkAsync(pass, work, work.Booked, cancellationToken);
            }
        }
    }

    private static IEnumerable<string> NumbersOf(KeyMapEntry entry) =>
        entry.NaturalKey is { } key ? BookedInvoice.NumbersIn(key) : [entry.TargetId!];

    /// <summary>
    /// The one invoice that took the place of a record's counterpart; null for none or several. Pure.
    /// </summary>
    /// <param name="entry">The record's row.</param>
    /// <param name="found">The invoices in Intacct with this and other numbers.</param>
    internal static BookedInvoice? Only(KeyMapEntry entry, IEnumerable<BookedInvoice> found) =>
        found.Where(b => b.State != BookedState.Reversed && IsOf(entry, b)).ToList() is [var only] ? only : null;

    private static bool IsOf(KeyMapEntry entry, BookedInvoice booked) =>
        entry.NaturalKey is { } key
            ? booked.MadeByOrderEntry && string.Equals(booked.NaturalKey, key, StringComparison.OrdinalIgnoreCase)
            : booked.Number == entry.TargetId;

    private static Task RelinkAsync(
        InvoicePass pass,
        InvoiceWork work,
        BookedInvoice booked,
        CancellationToken cancellationToken
    )
    {
        var relinked = work.Entry with
        {
            TargetId = booked.TargetId,
            NaturalKey = booked.NaturalKey,
            Parts = LinesByHand.Moved(work.Entry, booked.TargetId),
            WriteBack = WriteBack.Due,
        };
        return pass.Records.SaveAsync(
            [
                relinked.Note(
                    pass.Now,
                    "relinked",
                    $"{work.Entry.TargetId} is gone, and {booked.TargetId} has its number {booked.Number}."
                ),
            ],
            cancellationToken
        );
    }
}
