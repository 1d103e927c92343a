using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
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
        if (!HasMap(pass))
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

    /// <summary>
    /// Where no map is set, only the location may go to a field of its name. Whether there is one is asked only for
    /// invoices that are to be booked or changed, and if Intacct refuses to tell, these alone end.
    /// </summary>
    public async Task CopyAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        if (HasMap(pass) || pass.Settings.InvoiceLocationField is null)
            return;
        var works = pass.OpenOf<InvoiceDecision.ToBook>()
            .Where(w => DocumentOf(pass, w) == InvoiceDocument.ArInvoice)
            .ToList();
        if (works.Count == 0)
            return;
        CarriedFieldMap head;
        try
        {
            head = await catalog.OfAsync(pass.Batch, CarriedFieldKind.Invoice, cancellationToken);
        }
        catch (IntacctException e) when (e.Classified.Class == FailureClass.Data)
        {
            foreach (var work in works)
                work.Fail(e.Classified);
            return;
        }

        foreach (var work in works)
        {
            var decision = (InvoiceDecision.ToBook)work.Decision!;
            var fields = head.Of(work.Invoice!);
            if (fields.Problem is { } problem)
                work.Fail(problem);
            else
                work.Decision = decision with { Draft = decision.Draft with { CustomFields = fields.Values } };
        }
    }

    private static bool HasMap(InvoicePass pass) =>
        pass.Settings.CustomFields is not { Invoices.Count: 0, InvoiceLines.Count: 0 };

    /// <summary>A booked invoice stays in its book, whatever the settings say by now.</summary>
    private static InvoiceDocument DocumentOf(InvoicePass pass, InvoiceWork work) =>
        !work.IsInBooks ? pass.Settings.Invoice.Document
        : pass.Books.IsReceivable(work.Entry.TargetId!) ? InvoiceDocument.ArInvoice
        : InvoiceDocument.OrderEntry;
}
