namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Finds what else Intacct has for the invoices that have their customer: items and payment terms.</summary>
internal sealed class InvoiceContexts(InvoiceItemLookup items, ArTermNames terms)
{
    public async Task FindAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var works = pass.OpenOf<InvoiceDecision.ToBook>().Where(w => w.Customer is not null).ToList();
        if (works.Count == 0)
            return;
        var itemOf = await items.FindAsync(pass.Batch, [.. works.SelectMany(w => w.Draft!.Lines)], cancellationToken);
        var names = works.Exists(w => w.Draft!.TermName is not null)
            ? await terms.ReadAsync(pass.Batch, cancellationToken)
            : [];
        foreach (var work in works)
        {
            work.Context = new InvoiceContext
            {
                CustomerId = work.Customer!.CustomerId,
                BillTo = work.Customer.BillTo,
                Number = work.NextNumber,
                ExternalId = work.NextExternalId,
                TermName = work.Draft!.TermName is { } term && names.TryGetValue(term, out var name) ? name : null,
                Items = itemOf,
            };
        }
    }
}
