using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// The persons that invoices are for. Where a person's contact has come to an end without standing in a customer's list
/// (it is inactive, or needs somebody itself), the invoice is not for waiting: the person's organization has the
/// customer, or the person has one.
/// </summary>
internal sealed class InvoicePersons(KeyMapStore keyMap, ZuperClient zuper)
{
    /// <param name="pass">The invoices; one whose person can't be read ends.</param>
    /// <param name="personOf">The person's uid by the invoice's source id.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>By uid, those that Zuper knows.</returns>
    public async Task<IReadOnlyDictionary<string, ZuperCustomer>> ReadAsync(
        InvoicePass pass,
        IReadOnlyDictionary<string, string> personOf,
        CancellationToken cancellationToken
    )
    {
        if (personOf.Count == 0)
            return new Dictionary<string, ZuperCustomer>(StringComparer.Ordinal);
        var priority = pass.Batch.Records.All(r => r.Bulk) ? RequestPriority.Bulk : RequestPriority.Live;
        try
        {
            return await zuper.GetCustomersAsync(
                pass.Batch.Access.Zuper(),
                [.. personOf.Values.Distinct(StringComparer.Ordinal)],
                priority,
                cancellationToken
            );
        }
        catch (ZuperPartialReadException<ZuperCustomer> e)
        {
            foreach (
                var (id, uid) in personOf.Where(p => !e.Found.ContainsKey(p.Value) && !e.Missing.Contains(p.Value))
            )
                pass.Records.Fail(id, Recoverability.Failures.Of(e.CauseOf(uid)));
            return e.Found;
        }
    }

    /// <summary>
    /// Puts the organization, or the person's own customer, in the place of a person whose contact is past waiting for.
    /// </summary>
    public async Task PassByAsync(
        InvoicePass pass,
        Dictionary<string, ParentKey> parents,
        CancellationToken cancellationToken
    )
    {
        var persons = parents
            .Where(p => p.Value.Flow == ZuperFlows.Customers && pass.IsOpen(p.Key))
            .ToDictionary(p => p.Key, p => p.Value.SourceId, StringComparer.Ordinal);
        if (persons.Count == 0)
            return;
        var rows = await RowsAsync(pass, ZuperFlows.Customers, persons.Values, cancellationToken);
        var past = persons.Where(p => IsPast(rows[p.Value], pass.Settings)).ToDictionary(StringComparer.Ordinal);
        if (past.Count == 0)
            return;
        var known = await ReadAsync(pass, past, cancellationToken);
        var own = await RowsAsync(
            pass,
            ZuperFlows.Organizations,
            past.Values.Select(OwnCustomer.SourceId),
            cancellationToken
        );
        foreach (var (id, uid) in past.Where(p => pass.IsOpen(p.Key)))
        {
            var person = known.GetValueOrDefault(uid);
            var ofOwn = own[OwnCustomer.SourceId(uid)];
            if (person?.OrganizationUid is { } organization)
                parents[id] = new ParentKey(ZuperFlows.Organizations, organization);
            else if (
                ofOwn.TargetId is not null
                || (rows[uid].TargetId is not null && person is { IsActive: true, IsDeleted: false })
            )
                parents[id] = new ParentKey(ZuperFlows.Organizations, ofOwn.Key.SourceId);
            else if (rows[uid].TargetId is not null && !pass.Shadow)
                ParentGate.Hold(
                    pass.Records,
                    id,
                    new ParentKey(ZuperFlows.Organizations, ofOwn.Key.SourceId),
                    WithoutCustomer(rows[uid], ofOwn)
                );
        }
    }

    /// <summary>
    /// Whether nothing is under way any more that would put the contact into a customer's list. Pure.
    /// </summary>
    private static bool IsPast(KeyMapEntry row, ZuperConnectionSettings settings) =>
        row is { Stored: not null, AttachedTo: null }
        && (row.State is not (RecordState.Pending or RecordState.InDoubt) || !settings.Syncs(ZuperFlows.Customers));

    private async Task<IReadOnlyDictionary<string, KeyMapEntry>> RowsAsync(
        InvoicePass pass,
        FlowName flow,
        IEnumerable<string> sourceIds,
        CancellationToken cancellationToken
    ) =>
        await keyMap.GetManyAsync(
            pass.Batch.Connection.Id,
            flow,
            [.. sourceIds.Distinct(StringComparer.Ordinal)],
            cancellationToken
        );

    private static Failure WithoutCustomer(KeyMapEntry person, KeyMapEntry own)
    {
        var name = person.Title is { Length: > 0 } title
            ? $"'{title}' (customers/{person.Key.SourceId})"
            : $"customers/{person.Key.SourceId}";
        return new Failure(
            FailureClass.Data,
            new Problem(
                ParentProblems.Skipped,
                $"It belongs to {name}, whose contact {person.TargetId} stands in the list of no Intacct "
                    + $"customer, since the person is not active in Zuper.",
                $"Activate {name} in Zuper, or link organizations/{own.Key.SourceId} to the Intacct customer "
                    + $"that the invoice is for; it then goes on by itself."
            )
        );
    }
}
