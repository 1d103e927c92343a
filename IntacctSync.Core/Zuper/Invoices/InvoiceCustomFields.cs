using IntacctSync.Core.Zuper.CustomFields;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Finds out what of the custom fields of invoices and their lines goes to Intacct, for the book that each invoice is
/// or will be in.
/// </summary>
internal sealed class InvoiceCustomFields(CustomFieldCatalog catalog)
{
    public async Task CarryAsync(
        InvoicePass pass,
        IReadOnlyList<InvoiceWork> works,
        CancellationToken cancellationToken
    )
    {
        var settings = pass.Settings;
        if (settings is { InvoiceLocationField: null, CustomFields: { Invoices.Count: 0, InvoiceLines.Count: 0 } })
            return;
        foreach (var ofBook in works.Where(w => w.Invoice is not null).GroupBy(w => DocumentOf(pass, w)))
        {
            var head = await catalog.OfAsync(pass.Batch, CarriedFieldKind.OfInvoices(ofBook.Key), cancellationToken);
            var line = await catalog.OfAsync(pass.Batch, CarriedFieldKind.OfLines(ofBook.Key), cancellationToken);
            foreach (var work in ofBook)
                work.Invoice = work.Invoice! with
                {
                    Carried = head.Of(work.Invoice),
                    Lines = [.. work.Invoice.Lines.Select(l => l with { Carried = line.Of(l) })],
                };
        }
    }

    /// <summary>A booked invoice stays in its book, whatever the settings say by now.</summary>
    private static InvoiceDocument DocumentOf(InvoicePass pass, InvoiceWork work) =>
        !work.IsInBooks ? pass.Settings.Invoice.Document
        : pass.Books.IsReceivable(work.Entry.TargetId!) ? InvoiceDocument.ArInvoice
        : InvoiceDocument.OrderEntry;
}
