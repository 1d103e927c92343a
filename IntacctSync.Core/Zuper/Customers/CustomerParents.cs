using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Organizations;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Customers;

/// <summary>
/// The Intacct customers that contacts belong to: that of the organization, or one of the customer's own
/// (<see cref="OwnCustomer"/>), which is told when the customer has changed, since no event of Zuper names it.
/// </summary>
public sealed class CustomerParents(ParentGate gate, KeyMapStore keyMap)
{
    /// <summary>
    /// Sends for the customers' own customers where they have to change, and holds back records whose parent has no
    /// counterpart yet.
    /// </summary>
    /// <returns>The parents' rows by source id, for those that need one and may go on.</returns>
    internal async Task<IReadOnlyDictionary<string, KeyMapEntry>> PassAsync(
        RecordPass pass,
        Dictionary<string, ZuperCustomer> customers,
        CancellationToken cancellationToken
    )
    {
        var open = pass.Open.ToList();
        var connection = pass.Batch.Connection;
        var own = await keyMap.GetManyAsync(
            connection.Id,
            ZuperFlows.Organizations,
            [.. open.Select(w => OwnCustomer.SourceId(w.SourceId))],
            cancellationToken
        );
        var touched = new List<(ParentKey Parent, string EventId, bool Bulk)>();
        var asked = new List<(ParentKey Parent, string EventId, bool Bulk)>();
        foreach (var work in open)
        {
            var row = own[OwnCustomer.SourceId(work.SourceId)];
            var eventId = EventIds.MadeFromChanged(connection.Id, work.SourceId, work.EventIds[0]);
            if (row.Knows(eventId))
                continue;

            // Who asks for a person asks for the customer that the person has, too.
            if (work.Requested && row is { TargetId: not null, Ignored: false })
                asked.Add((new ParentKey(ZuperFlows.Organizations, row.Key.SourceId), eventId, work.Bulk));
            else if (IsDue(row, customers.GetValueOrDefault(work.SourceId), connection.Settings.Mode))
                touched.Add((new ParentKey(ZuperFlows.Organizations, row.Key.SourceId), eventId, work.Bulk));
        }

        await gate.TouchAsync(connection, touched, requested: false, cancellationToken);
        await gate.TouchAsync(connection, asked, requested: true, cancellationToken);
        var parents = open.Where(w => ContactDecision.NeedsParent(customers.GetValueOrDefault(w.SourceId)))
            .ToDictionary(
                w => w.SourceId,
                w => new ParentKey(ZuperFlows.Organizations, ParentOf(customers[w.SourceId])),
                StringComparer.Ordinal
            );
        return await gate.PassAsync(pass, parents, cancellationToken);
    }

    private static string ParentOf(ZuperCustomer customer) =>
        customer.OrganizationUid ?? OwnCustomer.SourceId(customer.Uid);

    /// <summary>
    /// Whether the own customer of a Zuper customer is to be synced because that one has changed. An own customer that
    /// is not linked yet is sent for by the records that wait for it; here it is sent for only where it needed a
    /// person, since the change may be the mend. Pure.
    /// </summary>
    /// <param name="row">Its row.</param>
    /// <param name="customer">As Zuper has it; null when Zuper has it no longer.</param>
    /// <param name="mode">The connection's. In shadow mode nobody waits for a parent, so nobody sends for it
    /// either.</param>
    internal static bool IsDue(KeyMapEntry row, ZuperCustomer? customer, SyncMode mode)
    {
        if (row.Ignored || row.Intent is not null)
            return false;
        if (row.TargetId is null)
            return row.State is RecordState.NeedsAction or RecordState.Dead
                || (
                    mode == SyncMode.Shadow
                    && customer is { OrganizationUid: null }
                    && ContactDecision.NeedsParent(customer)
                );
        var source = customer is null ? null : CustomerSource.Of(customer);
        return OrganizationDecision.For(row, source) is not OrganizationDecision.Unchanged
            || OrganizationFlow.OwnField.Lacks(row, customer);
    }
}
