using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Mapping;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Zuper;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Flows.Zuper;

/// <summary>Zuper organizations become Intacct customers: settle, read, decide, identify, write, write back.</summary>
public sealed class OrganizationFlow(
    IntentSettler settler,
    OrganizationReader reader,
    CustomerMatcher matcher,
    CustomerLookup lookup,
    IntacctWriter writer,
    SageIdWriteBack writeBack,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<OrganizationFlow> logger) : IRecordFlow
{
    private static readonly SageIdField Field = new(ZuperModule.Organization, OrganizationMapper.SageCustomerId);

    public FlowName Name => FlowName.Organizations;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(batch, keyMap, time, logger, pass => RunAsync(pass, cancellationToken), cancellationToken);

    private async Task RunAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        var batch = pass.Batch;
        var organizations = new Dictionary<string, ZuperOrganization>(StringComparer.Ordinal);
        var target = new WriteTarget(
            static (_, result) => result.Records is [var only] ? only["CUSTOMERID"] : null,
            (names, token) => lookup.IdsByContactNameAsync(batch.Access.Intacct, names, token),
            (entry, id) => !string.Equals(
                organizations.GetValueOrDefault(entry.Key.SourceId)?.CustomField(Field.Label), id, StringComparison.Ordinal));

        await pass.SettleAsync(settler, target, cancellationToken);
        await pass.LeaveIgnoredAsync(cancellationToken);
        await reader.ReadAsync(pass, organizations, cancellationToken);
        var decisions = pass.Open.Where(w => !w.WriteBackOnly)
            .ToDictionary(w => w.SourceId, w => OrganizationDecision.For(pass[w.SourceId], organizations.GetValueOrDefault(w.SourceId)), StringComparer.Ordinal);
        await ConcludeAsync(pass, decisions, organizations, cancellationToken);
        decisions = await matcher.MatchAsync(pass, decisions, organizations, target, cancellationToken);
        await WriteAsync(pass, target, decisions, organizations, cancellationToken);
        await writeBack.RunAsync(pass, Field, cancellationToken);
    }

    /// <summary>Ends the records that need neither a look-up nor a write.</summary>
    private async Task ConcludeAsync(
        RecordPass pass,
        Dictionary<string, OrganizationDecision> decisions,
        Dictionary<string, ZuperOrganization> organizations,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ended = new List<KeyMapEntry>();
        foreach (var (id, decision) in decisions)
        {
            var organization = organizations.GetValueOrDefault(id);
            var entry = pass.Titled(id, IntacctText.Cut(organization?.Name, IntacctText.Name), organization?.UpdatedAt);
            if (entry.WriteBack == WriteBack.Due && !WantsId(entry, organization))
                pass.Put(entry = entry with { WriteBack = organization is null ? WriteBack.None : WriteBack.Done });
            switch (decision)
            {
                case OrganizationDecision.Reject reject:
                    pass.Fail(id, new Failure(FailureClass.Data, reject.Problem));
                    break;
                case OrganizationDecision.Skip skip:
                    ended.Add(entry.Skip(now, skip.Reason));
                    break;
                case OrganizationDecision.Unchanged when LacksId(entry, organization):
                    pass.Put(entry with { WriteBack = WriteBack.Due });
                    break;
                case OrganizationDecision.Unchanged when entry.WriteBack != WriteBack.Due:
                    ended.Add(entry.Sync(now, "unchanged", "Both sides are equal."));
                    break;
            }
        }

        await pass.SaveFinalAsync(ended, cancellationToken);
    }

    /// <summary>Somebody has cleared or overwritten the id in Zuper.</summary>
    private static bool LacksId(KeyMapEntry entry, ZuperOrganization? organization) =>
        organization is { CustomFieldsKnown: true, IsDeleted: false } && organization.CustomField(Field.Label) != entry.TargetId;

    /// <summary>Whether there is still somewhere to write the id, and it does not stand there already.</summary>
    private static bool WantsId(KeyMapEntry entry, ZuperOrganization? organization) =>
        organization is not (null or { IsDeleted: true }) && !(organization.CustomFieldsKnown && organization.CustomField(Field.Label) == entry.TargetId);

    private async Task WriteAsync(
        RecordPass pass,
        WriteTarget target,
        Dictionary<string, OrganizationDecision> decisions,
        Dictionary<string, ZuperOrganization> organizations,
        CancellationToken cancellationToken)
    {
        var writes = pass.Open
            .Where(w => decisions.ContainsKey(w.SourceId))
            .Select(w => Plan(pass, w, decisions[w.SourceId], organizations.GetValueOrDefault(w.SourceId)))
            .OfType<PlannedWrite>()
            .ToList();
        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
        {
            await pass.SaveShadowAsync([.. writes.Select(w => pass[w.SourceId].Skip(time.GetUtcNow(), $"{RecordPass.ShadowMode} would {w.Operation} the customer."))], cancellationToken);
            return;
        }

        var outcomes = await writer.WriteAsync(pass.Batch, target, writes, cancellationToken);
        var taken = outcomes.Values.Where(o => o.Result?.Failure == Intacct.IntacctFailure.Duplicate && o.Entry.TargetId is null).ToList();
        pass.Take(outcomes.Values);
        foreach (var gone in outcomes.Values.Where(o => o.Entry.WriteBack == WriteBack.Due && !WantsId(o.Entry, organizations.GetValueOrDefault(o.Entry.Key.SourceId))))
            await pass.SaveFinalAsync([(gone.Entry with { WriteBack = WriteBack.None }).Sync(time.GetUtcNow(), "unchanged", "There is no record in Zuper any more to show the id.")], cancellationToken);
        await matcher.AdoptDuplicatesAsync(pass, taken, target, cancellationToken);
    }

    private static PlannedWrite? Plan(RecordPass pass, RecordWork work, OrganizationDecision decision, ZuperOrganization? organization)
    {
        var entry = pass[work.SourceId];
        switch (decision)
        {
            case OrganizationDecision.Create create:
                var made = OrganizationMapper.ForCreate(create.Fields, organization!, pass.Batch.Connection.Settings);
                return new PlannedWrite(
                    entry, work.EventIds, Intent.Create, create.Hash, made.DisplayContact!.ContactName, organization!.UpdatedAt, id => CustomerRequests.Create(id, made));
            case OrganizationDecision.Update update:
                var changed = OrganizationMapper.ForUpdate(update.Fields, entry.TargetId!, entry.NaturalKey, firstWrite: entry.Adopted);
                return new PlannedWrite(
                    entry, work.EventIds, Intent.Update, update.Hash, null, organization?.UpdatedAt, id => CustomerRequests.Update(id, changed));
            default:
                return null;
        }
    }
}
