using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Holds the ids that linked invoices show in Zuper against their rows. Where one leads to another invoice that stands
/// in the books and is no other record's, the row may be older than that link, as after an older copy of the store was
/// restored: nothing is written, reversed or written back before a person has said which of the two it is.
/// </summary>
internal sealed class ShownInvoices(CounterpartLinks links, KeyMapStore keyMap)
{
    /// <summary>Asks a person about those that show another invoice than the one that they are linked to.</summary>
    public async Task LookAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var works = pass
            .Open.Select(w => (Work: w, Shown: Shown(w)))
            .Where(w => w.Shown is not null)
            .Select(w => (w.Work, Shown: w.Shown!))
            .ToList();
        if (works.Count == 0)
            return;
        var found = await NamedInvoices.FindAsync(pass, links, works.Select(w => w.Shown), cancellationToken);
        foreach (var (work, shown) in works)
        {
            var others = found.Free(shown, work.SourceId).Where(b => b.TargetId != work.Entry.TargetId).ToList();
            if (others.Count == 0)
                continue;
            var customerId = await InvoiceCustomers.KnownAsync(
                keyMap,
                pass.Batch.Connection.Id,
                work.Invoice!,
                cancellationToken
            );
            if (others.Find(b => GoneInvoices.IsLike(b, shown, work.Invoice!, customerId, pass.Settings)) is { } other)
                work.Fail(InvoiceMatchProblems.ShowsAnother(work.Entry, shown, other));
        }
    }

    /// <summary>
    /// The id that an invoice shows in place of its counterpart's; null for none. Until the counterpart's id is written
    /// back, Zuper shows the one of before.
    /// </summary>
    private static string? Shown(InvoiceWork work) =>
        work.Entry is { TargetId: { } target, WriteBack: not WriteBack.Due }
        && work.Invoice?.CustomField(InvoiceMapper.SageInvoiceId) is { } shown
        && !string.Equals(shown, target, StringComparison.OrdinalIgnoreCase)
            ? shown
            : null;
}
