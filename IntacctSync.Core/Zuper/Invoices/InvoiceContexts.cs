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
        var wanted = works.Select(w => w.Draft!.TermName).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var names =
            wanted.Count > 0
                ? await terms.ReadAsync(pass.Batch, wanted, cancellationToken)
                : new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var work in works)
        {
            if (work.Draft!.Lines.FirstOrDefault(itemOf.Ambiguous.ContainsKey) is { } line)
            {
                work.Fail(InvoiceProblems.ItemAmbiguous(line, itemOf.Ambiguous[line]));
                continue;
            }

            work.Context = new InvoiceContext
            {
                CustomerId = work.Customer!.CustomerId,
                BillTo = work.Customer.BillTo,
                Number = work.NextNumber,
                ExternalId = work.NextExternalId,
                TermName = work.Draft!.TermName is { } term ? names.GetValueOrDefault(term) : null,
                Items = itemOf.Active,
                Inactive = itemOf.Inactive,
            };
        }
    }
}
