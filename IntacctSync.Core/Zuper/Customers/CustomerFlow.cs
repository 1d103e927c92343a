using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Core.Zuper.SageIds;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Zuper.Customers;

/// <summary>
/// Zuper customers become Intacct contacts in the list of the customer that they belong to: settle, read, wait for the
/// parent, decide, write, attach, write back.
/// </summary>
public sealed class CustomerFlow(
    IntentSettler settler,
    ZuperClient zuper,
    CustomerParents parents,
    ContactMatcher matcher,
    ContactLookup lookup,
    GoneContacts gone,
    IntacctWriter writer,
    ContactAttacher attacher,
    SageIdWriteBack writeBack,
    CustomFieldCatalog customFields,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<CustomerFlow> logger
) : IRecordFlow
{
    private static readonly SageIdField Field = new(ZuperModule.Customer, ContactMapper.SageContactId);

    private readonly ZuperRecords<ZuperCustomer> _records = new(zuper.GetCustomersAsync, zuper.GetCustomerAsync);

    public FlowName Name => ZuperFlows.Customers;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(batch, keyMap, time, logger, pass => RunAsync(pass, cancellationToken), cancellationToken);

    private async Task RunAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        var stage = new CustomerPass(pass);
        var target = new WriteTarget(
            static (intent, _) => intent.NaturalKey,
            (names, token) => lookup.ByNameAsync(pass.Batch.Access.Intacct, names, token),
            (entry, _) => stage.IsUnfinished(entry, Field)
        );

        await settler.SettleAsync(pass, target, cancellationToken);
        await pass.LeaveIgnoredAsync(cancellationToken);

        // A record is read even where only the write-back is due. Its contact may still have to be attached, and only
        // Zuper says to which customer.
        await _records.ReadAsync(pass, [.. pass.Open], stage.Customers, static _ => true, cancellationToken);
        var carried = await customFields.OfAsync(pass.Batch, CarriedFieldKind.Customer, cancellationToken);
        foreach (var (id, customer) in stage.Customers.ToList())
            stage.Customers[id] = customer with { Carried = carried.Of(customer) };
        stage.IsRead = true;
        foreach (var work in pass.Open)
            Learn(pass, work.SourceId, stage.Customers.GetValueOrDefault(work.SourceId));
        stage.Parents = await parents.PassAsync(pass, stage.Customers, cancellationToken);
        var decisions = stage.Decide();
        await gone.LookAsync(pass, decisions, stage.Customers, stage.CustomerIds, cancellationToken);
        await ConcludeAsync(pass, stage, decisions, cancellationToken);
        await matcher.MatchAsync(pass, decisions, stage.Customers, stage.Parents, cancellationToken);
        await WriteAsync(pass, stage, decisions, target, cancellationToken);
        await writeBack.RunAsync(pass, Field, cancellationToken);
    }

    private static void Learn(RecordPass pass, string id, ZuperCustomer? customer) =>
        pass.Put(
            Field.Settled(
                pass.Titled(
                    id,
                    customer is null ? "" : IntacctText.Cut(ContactMapper.NameOf(customer), IntacctText.Name),
                    customer?.UpdatedAt
                ),
                customer
            )
        );

    /// <summary>Ends the records that need neither a look-up nor a write nor an attachment.</summary>
    private static async Task ConcludeAsync(
        RecordPass pass,
        CustomerPass stage,
        Dictionary<string, ContactDecision> decisions,
        CancellationToken cancellationToken
    )
    {
        var ended = new List<KeyMapEntry>();
        foreach (var (id, decision) in decisions)
        {
            var entry = pass[id];
            if (decision is ContactDecision.Unchanged && entry.Fingerprints is null)
                pass.Put(
                    entry = entry with
                    {
                        Fingerprints = ContactMapper.FingerprintsOf(entry, stage.Customers.GetValueOrDefault(id)),
                    }
                );
            switch (decision)
            {
                case ContactDecision.Reject reject:
                    pass.Fail(id, new Failure(FailureClass.Data, reject.Problem));
                    break;
                case ContactDecision.Skip skip:
                    ended.Add(entry.Skip(pass.Now, skip.Reason));
                    break;
                case ContactDecision.Unchanged when Field.Lacks(entry, stage.Customers.GetValueOrDefault(id)):
                    pass.Put(entry with { WriteBack = WriteBack.Due });
                    break;
                case ContactDecision.Unchanged when entry.WriteBack != WriteBack.Due && !stage.IsUnattached(entry):
                    ended.Add(entry.Sync(pass.Now, "unchanged", "Both sides are equal."));
                    break;
            }
        }

        await pass.SaveFinalAsync(ended, cancellationToken);
    }

    private async Task WriteAsync(
        RecordPass pass,
        CustomerPass stage,
        Dictionary<string, ContactDecision> decisions,
        WriteTarget target,
        CancellationToken cancellationToken
    )
    {
        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
        {
            await pass.SaveShadowAsync([.. stage.Wishes(decisions)], cancellationToken);
            return;
        }

        await CarryAsync(pass, stage, decisions, cancellationToken);
        var writes = pass
            .Open.Where(w => decisions.ContainsKey(w.SourceId))
            .Select(w => Plan(pass, w, decisions[w.SourceId], stage.Customers.GetValueOrDefault(w.SourceId)))
            .OfType<PlannedWrite>()
            .ToList();
        var outcomes = await writer.WriteAsync(pass.Batch, target, writes, cancellationToken);
        pass.Take(outcomes.Values);
        await matcher.AdoptDuplicatesAsync(
            pass,
            [.. outcomes.Values.Where(o => o.Result?.Failure == IntacctFailure.Duplicate && o.Entry.TargetId is null)],
            cancellationToken
        );
        await attacher.AttachAsync(pass, stage.CustomerIds, cancellationToken);
    }

    /// <summary>Links the contacts that are the display contacts of their own customers.</summary>
    private static Task CarryAsync(
        RecordPass pass,
        CustomerPass stage,
        Dictionary<string, ContactDecision> decisions,
        CancellationToken cancellationToken
    ) =>
        pass.SaveLinkedAsync(
            [
                .. pass
                    .Open.Where(w => decisions.GetValueOrDefault(w.SourceId) is ContactDecision.Carry)
                    .Select(w => stage.Carried(pass[w.SourceId], (ContactDecision.Carry)decisions[w.SourceId], Field)),
            ],
            cancellationToken
        );

    private static PlannedWrite? Plan(
        RecordPass pass,
        RecordWork work,
        ContactDecision decision,
        ZuperCustomer? customer
    )
    {
        var entry = pass[work.SourceId];
        if (ContactDetails.SeveralEmails(customer?.Email) is { } several)
            entry = entry.Note(pass.Now, "severalEmails", several);
        if (ContactDetails.AddressCut(customer?.BillingAddress, customer?.Address) is { } cut)
            entry = entry.Note(pass.Now, "addressCut", cut);
        if (customer is not null && ContactMapper.TextsCut(customer) is { } texts)
            entry = entry.Note(pass.Now, LongTexts.What, texts);
        switch (decision)
        {
            case ContactDecision.Create create:
                var made = ContactMapper.ForCreate(create.Fields, ContactMapper.ContactName(customer!));
                return new PlannedWrite(
                    entry with
                    {
                        Fingerprints = null,
                    },
                    work.EventIds,
                    Intent.Create,
                    create.Hash,
                    made.ContactName,
                    customer!.UpdatedAt,
                    id => ContactRequests.Create(id, made)
                )
                {
                    Fingerprints = ContactMapper.FingerprintsOf(create.Fields),
                };
            case ContactDecision.Update update:
                var changes = ContactMapper.Changes(entry, update.Fields);
                var changed = ContactMapper.ForUpdate(update.Fields, entry.TargetId!, changes);
                return new PlannedWrite(
                    entry,
                    work.EventIds,
                    Intent.Update,
                    update.Hash,
                    null,
                    customer?.UpdatedAt,
                    changes.Any ? id => ContactRequests.Update(id, changed) : null
                )
                {
                    Fingerprints = changes.After.ToString(),
                };
            default:
                return null;
        }
    }
}
