using IntacctSync.Core.Flows;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Customers;

/// <summary>
/// Where a person asks for linked customers, looks whether their contacts are still in Intacct and in the contact lists
/// of their customers. What is gone is made again if it was made here, or a person is asked.
/// </summary>
public sealed class GoneContacts(Counterparts counterparts, ContactLookup lookup)
{
    /// <summary>Replaces the decisions about those whose contacts are gone.</summary>
    internal async Task LookAsync(
        RecordPass pass,
        Dictionary<string, ContactDecision> decisions,
        IReadOnlyDictionary<string, ZuperCustomer> customers,
        IReadOnlyDictionary<string, string> customerIds,
        CancellationToken cancellationToken
    )
    {
        var asked = pass
            .Open.Where(w =>
                w.Requested
                && pass[w.SourceId] is { TargetId: not null } entry
                && entry.Hash != ContactDecision.Carried
                && decisions.GetValueOrDefault(w.SourceId) is ContactDecision.Unchanged or ContactDecision.Update
            )
            .Select(w => w.SourceId)
            .ToList();
        if (asked.Count == 0)
            return;
        var gone = await counterparts.GoneAsync(pass, CounterpartKind.Contact, asked, cancellationToken);
        foreach (var id in asked.Where(id => !pass.IsOpen(id)))
            decisions.Remove(id);
        foreach (var id in gone)
        {
            decisions[id] = ContactDecision.WithoutCounterpart(pass[id], customers.GetValueOrDefault(id));
            pass.Put(pass[id] with { AttachedTo = null });
        }

        await LookIntoListsAsync(
            pass,
            [.. asked.Where(id => pass.IsOpen(id) && pass[id].AttachedTo is not null && customerIds.ContainsKey(id))],
            customerIds,
            cancellationToken
        );
    }

    /// <summary>A contact that somebody took out of its customer's list is attached again.</summary>
    private async Task LookIntoListsAsync(
        RecordPass pass,
        IReadOnlyList<string> attached,
        IReadOnlyDictionary<string, string> customerIds,
        CancellationToken cancellationToken
    )
    {
        if (attached.Count == 0)
            return;
        var theirs = await lookup.ShownListsAsync(
            pass.Batch.Access.Intacct,
            [.. attached.Select(id => customerIds[id])],
            cancellationToken
        );

        // A customer whose answer shows no list may have one all the same, so nothing is concluded from that.
        foreach (var id in attached.Where(id => theirs.Contains(customerIds[id])))
        {
            if (!theirs[customerIds[id]].Contains(pass[id].TargetId, StringComparer.OrdinalIgnoreCase))
                pass.Put(pass[id] with { AttachedTo = null });
        }
    }
}
