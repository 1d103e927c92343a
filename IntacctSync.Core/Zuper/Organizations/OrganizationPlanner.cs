using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>
/// Makes writes of the decisions about customers. A write includes the display contact only if that contact is ours:
/// customers, vendors and employees share the contacts of a company, and nobody else's is ever overwritten.
/// </summary>
public sealed class OrganizationPlanner(CustomerLookup lookup, KeyMapStore keyMap)
{
    internal async Task<IReadOnlyList<PlannedWrite>> PlanAsync(
        RecordPass pass,
        Dictionary<string, OrganizationDecision> decisions,
        Dictionary<string, CustomerSource> sources,
        CancellationToken cancellationToken
    )
    {
        var open = pass.Open.Where(w => decisions.ContainsKey(w.SourceId)).ToList();
        await LearnContactsAsync(
            pass,
            [.. open.Where(w => decisions[w.SourceId] is OrganizationDecision.Update)],
            cancellationToken
        );
        var taken = await TakenAsync(
            pass,
            [.. open.Where(w => decisions[w.SourceId] is OrganizationDecision.Create)],
            cancellationToken
        );
        return
        [
            .. open.Select(w => Plan(pass, w, decisions[w.SourceId], sources.GetValueOrDefault(w.SourceId), taken))
                .OfType<PlannedWrite>(),
        ];
    }

    /// <summary>Looks up the display contacts of customers that a person linked, whose names are not known.</summary>
    private async Task LearnContactsAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> updates,
        CancellationToken cancellationToken
    )
    {
        var unknown = updates.Select(w => pass[w.SourceId]).Where(e => e.NaturalKey is null).ToList();
        if (unknown.Count == 0)
            return;
        var found = await lookup.ByIdAsync(
            pass.Batch.Access.Intacct,
            [.. unknown.Select(e => e.TargetId!)],
            cancellationToken
        );
        foreach (var entry in unknown.Where(e => found.ContainsKey(e.TargetId!)))
            pass.Put(entry with { NaturalKey = found[entry.TargetId!].ContactName });
    }

    /// <summary>
    /// The customers without an organization that had one before, and got their contact then: a contact of that name
    /// can't be made a second time.
    /// </summary>
    private async Task<IReadOnlySet<string>> TakenAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> creates,
        CancellationToken cancellationToken
    )
    {
        var uids = creates.Where(w => OwnCustomer.Is(w.SourceId)).Select(w => OwnCustomer.Uid(w.SourceId)).ToList();
        if (uids.Count == 0)
            return new HashSet<string>(StringComparer.Ordinal);
        var contacts = await keyMap.GetManyAsync(
            pass.Batch.Connection.Id,
            ZuperFlows.Customers,
            uids,
            cancellationToken
        );
        return contacts
            .Values.Where(c => ContactNames.IsOf(c.NaturalKey, c.Key.SourceId))
            .Select(c => OwnCustomer.SourceId(c.Key.SourceId))
            .ToHashSet(StringComparer.Ordinal);
    }

    private static PlannedWrite? Plan(
        RecordPass pass,
        RecordWork work,
        OrganizationDecision decision,
        CustomerSource? source,
        IReadOnlySet<string> taken
    )
    {
        var entry = pass[work.SourceId];
        if (ContactDetails.SeveralEmails(source?.Email) is { } several)
            entry = entry.Note(pass.Now, "severalEmails", several);
        if (AddressCut(source?.Record) is { } cut)
            entry = entry.Note(pass.Now, "addressCut", cut);
        if (TextsCut(source?.Record) is { } texts)
            entry = entry.Note(pass.Now, LongTexts.What, texts);
        switch (decision)
        {
            case OrganizationDecision.Create create:
                var name = taken.Contains(work.SourceId)
                    ? ContactNames.For(source!.Name, work.SourceId, entry.Revision)
                    : source!.ContactNameOf(entry.Revision);
                var made = OrganizationMapper.ForCreate(
                    create.Fields,
                    source.Record.Uid,
                    name,
                    pass.Batch.Connection.Zuper()
                );
                return new PlannedWrite(
                    entry with
                    {
                        Fingerprints = null,
                    },
                    work.EventIds,
                    Intent.Create,
                    create.Hash,
                    name,
                    source.Record.UpdatedAt,
                    id => CustomerRequests.Create(id, made)
                )
                {
                    Fingerprints = OrganizationMapper.FingerprintsOf(create.Fields),
                };
            case OrganizationDecision.Update update:
                var changes = OrganizationMapper.Changes(entry, update.Fields);
                var changed = OrganizationMapper.ForUpdate(
                    update.Fields,
                    entry.TargetId!,
                    WritableContact(entry),
                    changes
                );
                return new PlannedWrite(
                    entry,
                    work.EventIds,
                    Intent.Update,
                    update.Hash,
                    null,
                    source?.Record.UpdatedAt,
                    changes.Any ? id => CustomerRequests.Update(id, changed) : null
                )
                {
                    Fingerprints = changes.After.ToString(),
                };
            default:
                return null;
        }
    }

    private static string? AddressCut(ZuperRecord? record) =>
        record switch
        {
            ZuperOrganization organization => ContactDetails.AddressCut(
                organization.BillingAddress,
                organization.Address
            ),
            ZuperCustomer customer => ContactDetails.AddressCut(customer.BillingAddress, customer.Address),
            _ => null,
        };

    private static string? TextsCut(ZuperRecord? record) =>
        record switch
        {
            ZuperOrganization organization => OrganizationMapper.TextsCut(organization),
            ZuperCustomer customer => ContactMapper.TextsCut(customer),
            _ => null,
        };

    /// <summary>The display contact's name; null where the contact may be somebody else's.</summary>
    private static string? WritableContact(KeyMapEntry entry)
    {
        var (sourceId, uid) = (entry.Key.SourceId, OwnCustomer.Uid(entry.Key.SourceId));
        return
            ContactNames.IsOwnDisplayContact(entry.NaturalKey, entry.TargetId!, uid)
            || ContactNames.IsOf(entry.NaturalKey, sourceId)
            ? entry.NaturalKey
            : null;
    }
}
