using IntacctSync.Core.Connections;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper.Contacts;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>
/// Where a person asks for linked organizations, looks whether their customers are still in Intacct. What is gone is
/// made again if it was made here, or a person is asked.
/// </summary>
public sealed class GoneCustomers(Counterparts counterparts, RecordQuery records, ParentGate gate)
{
    private const int ScanPage = 200;

    /// <summary>Replaces the decisions about those whose customers are gone.</summary>
    internal async Task LookAsync(
        RecordPass pass,
        Dictionary<string, OrganizationDecision> decisions,
        Dictionary<string, CustomerSource> sources,
        CancellationToken cancellationToken
    )
    {
        var asked = pass
            .Open.Where(w =>
                w.Requested
                && decisions.GetValueOrDefault(w.SourceId)
                    is OrganizationDecision.Unchanged
                        or OrganizationDecision.Update
            )
            .Select(w => w.SourceId)
            .ToList();
        if (asked.Count == 0)
            return;
        var gone = await counterparts.GoneAsync(pass, CounterpartKind.Customer, asked, cancellationToken);
        foreach (var id in asked.Where(id => !pass.IsOpen(id)))
            decisions.Remove(id);
        var left = await counterparts.ShownAsync(
            pass,
            CounterpartKind.Contact,
            [.. gone.Select(id => pass[id].NaturalKey).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
            cancellationToken
        );
        foreach (var id in gone)
        {
            decisions[id] = OrganizationDecision.WithoutCounterpart(pass[id], sources.GetValueOrDefault(id));

            // The display contact of a customer stays when the customer goes, so another one needs another name.
            if (pass[id].NaturalKey is { } name && left.Contains(name.Trim()))
                pass.Put(pass[id] with { Revision = pass[id].Revision + 1 });
        }

        await SendForContactsAsync(
            pass,
            [.. gone.Where(id => decisions[id] is OrganizationDecision.Create)],
            cancellationToken
        );
    }

    /// <summary>
    /// A customer that is made again has an empty contact list, so the contacts of the old one are looked at as well.
    /// </summary>
    private async Task SendForContactsAsync(
        RecordPass pass,
        IReadOnlyList<string> remade,
        CancellationToken cancellationToken
    )
    {
        var connection = pass.Batch.Connection;
        if (remade.Count == 0 || connection.Settings.Mode == SyncMode.Shadow)
            return;
        var customers = remade.ToDictionary(id => pass[id].TargetId!, id => id, StringComparer.OrdinalIgnoreCase);
        string? next = null;
        do
        {
            var page = await records.ListAsync(
                connection.Id,
                ZuperFlows.Customers,
                null,
                null,
                next,
                ScanPage,
                cancellationToken
            );
            await gate.TouchAsync(
                connection,
                [
                    .. page
                        .Items.Where(e => e.AttachedTo is { } customer && customers.ContainsKey(customer))
                        .Select(e => (Child: e.Key, Parent: pass[customers[e.AttachedTo!]]))
                        .Select(p =>
                            (
                                new ParentKey(ZuperFlows.Customers, p.Child.SourceId),
                                EventIds.ParentEnded(p.Child, p.Parent.Key.ToString(), p.Parent.Stored?.ETag),
                                Bulk: true
                            )
                        ),
                ],
                requested: true,
                cancellationToken
            );
            next = page.Next;
        } while (next is not null);
    }
}
