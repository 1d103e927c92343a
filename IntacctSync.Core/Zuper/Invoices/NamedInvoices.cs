using IntacctSync.Core.Flows;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>The invoices in Intacct that have a Sage id as their id or their number, and whose they are.</summary>
/// <param name="All">Those of all ids that were asked for.</param>
/// <param name="Owners">The record that each is linked to, by target id in upper case.</param>
internal sealed record NamedInvoices(IReadOnlyList<BookedInvoice> All, IReadOnlyDictionary<string, string> Owners)
{
    public static async Task<NamedInvoices> FindAsync(
        InvoicePass pass,
        CounterpartLinks links,
        IEnumerable<string> sageIds,
        CancellationToken cancellationToken
    )
    {
        var ids = sageIds.Distinct(StringComparer.Ordinal).ToList();
        var found = (await pass.Books.ByIdAsync(pass.Batch, ids, cancellationToken))
            .Values.Concat(await pass.Books.ByNumberAsync(pass.Batch, ids, cancellationToken))
            .DistinctBy(b => b.TargetId, StringComparer.Ordinal)
            .ToList();
        var owners = await links.FindAsync(
            pass.Batch.Connection,
            ZuperFlows.Invoices,
            [.. found.Select(f => f.TargetId)],
            cancellationToken
        );
        return new NamedInvoices(found, owners);
    }

    /// <summary>Those that have the id and are linked to no record, or to this one.</summary>
    public IEnumerable<BookedInvoice> Free(string sageId, string? sourceId = null) =>
        All.Where(b =>
            InvoiceMatch.IsNamed(b, sageId) && (InvoiceMatch.OwnerOf(b, Owners) is not { } owner || owner == sourceId)
        );
}
