using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>
/// Keeps the customer in Intacct of a Zuper customer that was merged into another one as long as invoices are booked
/// for it: an inactive customer takes neither payments nor changes of its invoices.
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
        foreach (var (id, decision) in decisions.ToList())
        {
            if (
                decision is OrganizationDecision.Update
                && sources.GetValueOrDefault(id)?.Record is ZuperCustomer { MergedInto: { } other }
                && await HasInvoicesAsync(pass, pass[id].TargetId!, cancellationToken)
            )
                decisions[id] = new OrganizationDecision.Keep(
                    $"It was merged into the customer {other} in Zuper. Its invoices stay with {pass[id].TargetId} in "
                        + "Intacct, which stays as it is: set it inactive there by hand once none of them is open."
                );
        }
    }

    private async Task<bool> HasInvoicesAsync(
        RecordPass pass,
        string customerId,
        CancellationToken cancellationToken
    ) =>
        (
            await keyMap.SomeLinkedAsync(
                pass.Batch.Connection.Id,
                ZuperFlows.Invoices,
                e => e.NaturalKey?.EndsWith("@" + customerId, StringComparison.OrdinalIgnoreCase) == true,
                1,
                cancellationToken
            )
        ).Count > 0;
}
