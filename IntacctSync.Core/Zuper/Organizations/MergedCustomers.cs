using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>
/// Keeps the customer in Intacct of a Zuper customer that was merged into another one as long as invoices are booked
/// for it, or are to be made anew: an inactive customer takes neither payments nor changes of its invoices.
/// </summary>
public sealed class MergedCustomers(KeyMapStore keyMap)
{
    /// <summary>Replaces the decisions by which such customers would be set inactive.</summary>
    internal async Task KeepAsync(
        RecordPass pass,
        Dictionary<string, OrganizationDecision> decisions,
        Dictionary<string, CustomerSource> sources,
        CancellationToken cancellationToken
    )
    {
        var merged = decisions
            .Where(d => d.Value is OrganizationDecision.Update)
            .Select(d => (Id: d.Key, Into: (sources.GetValueOrDefault(d.Key)?.Record as ZuperCustomer)?.MergedInto))
            .Where(m => m.Into is not null)
            .ToList();
        if (merged.Count == 0)
            return;
        var customers = merged.Select(m => pass[m.Id].TargetId!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var booked = (
            await keyMap.SomeLinkedAsync(
                pass.Batch.Connection.Id,
                ZuperFlows.Invoices,
                e =>
                    e.Hash != InvoiceHash.Reversed
                    && BookedInvoice.CustomerIn(e.NaturalKey) is { } customer
                    && customers.Contains(customer),
                int.MaxValue,
                cancellationToken
            )
        )
            .Select(e => BookedInvoice.CustomerIn(e.NaturalKey))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, into) in merged.Where(m => booked.Contains(pass[m.Id].TargetId!)))
            decisions[id] = new OrganizationDecision.Keep(
                $"It was merged into the customer {into} in Zuper. Its invoices stay with {pass[id].TargetId} in "
                    + "Intacct, which stays as it is: set it inactive there by hand once none of them is open."
            );
    }
}
