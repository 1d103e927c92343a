namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Gathers what Intacct has for invoices: their customers, items and payment terms.</summary>
internal sealed class InvoiceContexts(InvoiceCustomers parties, InvoiceItemLookup items, ArTermNames terms)
{
    /// <returns>By source id, for those that may go on; the others have ended.</returns>
    public async Task<Dictionary<string, InvoiceContext>> ReadAsync(
        InvoicePass pass,
        IReadOnlyDictionary<string, InvoiceDraft> drafts,
        CancellationToken cancellationToken
    )
    {
        var found = await parties.FindAsync(pass, [.. drafts.Keys], cancellationToken);
        if (found.Count == 0)
            return [];
        var going = found.Keys.Select(id => drafts[id]).ToList();
        var itemOf = await items.FindAsync(pass.Batch, [.. going.SelectMany(d => d.Lines)], cancellationToken);
        var names = going.Exists(d => d.TermName is not null)
            ? await terms.ReadAsync(pass.Batch, cancellationToken)
            : [];
        return found.ToDictionary(
            f => f.Key,
            f =>
            {
                var (number, externalId) = pass.Named(f.Key, drafts[f.Key]);
                return new InvoiceContext
                {
                    CustomerId = f.Value.CustomerId,
                    BillTo = f.Value.BillTo,
                    Number = number,
                    ExternalId = externalId,
                    TermName =
                        drafts[f.Key].TermName is { } term && names.TryGetValue(term, out var name) ? name : null,
                    Items = itemOf,
                };
            },
            StringComparer.Ordinal
        );
    }
}
