using IntacctSync.Core.Flows;
using IntacctSync.Core.Zuper.Contacts;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>
/// Where a person asks for linked organizations, looks whether their customers are still in Intacct. What is gone is
/// made again if it was made here, or a person is asked.
/// </summary>
public sealed class GoneCustomers(Counterparts counterparts)
{
    /// <summary>Replaces the decisions about those whose customers are gone.</summary>
    internal async Task LookAsync(
        RecordPass pass,
        Dictionary<string, OrganizationDecision> decisions,
        Dictionary<string, Party> parties,
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
        var left = await counterparts.ShownAsync(
            pass,
            CounterpartKind.Contact,
            [.. gone.Select(id => pass[id].NaturalKey).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
            cancellationToken
        );
        foreach (var id in gone)
        {
            decisions[id] = OrganizationDecision.WithoutCounterpart(pass[id], parties.GetValueOrDefault(id));

            // The display contact of a customer stays when the customer goes, so another one needs another name.
            if (pass[id].NaturalKey is { } name && left.Contains(name.Trim()))
                pass.Put(pass[id] with { Revision = pass[id].Revision + 1 });
        }
    }
}
