using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.SageIds;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>
/// Zuper organizations become Intacct customers, and so do Zuper customers that have none (<see cref="OwnCustomer"/>):
/// settle, read, decide, identify, write, write back.
/// </summary>
public sealed class OrganizationFlow(
    IntentSettler settler,
    OrganizationReader reader,
    CustomerMatcher matcher,
    CustomerLookup lookup,
    MergedCustomers merged,
    GoneCustomers gone,
    OrganizationPlanner planner,
    IntacctWriter writer,
    SageIdWriteBack writeBack,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<OrganizationFlow> logger
) : IRecordFlow
{
    private static readonly SageIdField Field = new(ZuperModule.Organization, OrganizationMapper.SageCustomerId);

    /// <summary>Where a customer shows the Intacct customer that is its own.</summary>
    internal static readonly SageIdField OwnField = new(ZuperModule.Customer, OrganizationMapper.SageCustomerId);

    public FlowName Name => ZuperFlows.Organizations;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(batch, keyMap, time, logger, pass => RunAsync(pass, cancellationToken), cancellationToken);

    private async Task RunAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        var batch = pass.Batch;
        var sources = new Dictionary<string, CustomerSource>(StringComparer.Ordinal);
        var target = new WriteTarget(
            static (_, result) => result.Records is [var only] ? only["CUSTOMERID"] : null,
            (names, token) => lookup.IdsByContactNameAsync(batch.Access.Intacct, names, token),
            (entry, _) =>
                !FieldOf(entry.Key.SourceId).Shows(entry, sources.GetValueOrDefault(entry.Key.SourceId)?.Record)
        );

        await settler.SettleAsync(pass, target, cancellationToken);
        await pass.LeaveIgnoredAsync(cancellationToken);
        await reader.ReadAsync(pass, sources, cancellationToken);
        var decisions = pass.Decide(
            pass.Open.Where(w => !w.WriteBackOnly),
            w => OrganizationDecision.For(pass[w.SourceId], sources.GetValueOrDefault(w.SourceId))
        );
        await gone.LookAsync(pass, decisions, sources, cancellationToken);
        await merged.KeepAsync(pass, decisions, sources, cancellationToken);
        await ConcludeAsync(pass, decisions, sources, cancellationToken);
        decisions = await matcher.MatchAsync(pass, decisions, sources, target, cancellationToken);
        await WriteAsync(pass, target, decisions, sources, cancellationToken);
        await writeBack.RunAsync(pass, static id => (FieldOf(id), OwnCustomer.Uid(id)), cancellationToken);
    }

    /// <summary>Ends the records that need neither a look-up nor a write.</summary>
    private async Task ConcludeAsync(
        RecordPass pass,
        Dictionary<string, OrganizationDecision> decisions,
        Dictionary<string, CustomerSource> sources,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var ended = new List<KeyMapEntry>();
        foreach (var (id, decision) in decisions)
        {
            var source = sources.GetValueOrDefault(id);
            var entry = FieldOf(id)
                .Settled(
                    pass.Titled(id, IntacctText.Cut(source?.Name, IntacctText.Name), source?.Record.UpdatedAt),
                    source?.Record
                );
            if (decision is OrganizationDecision.Unchanged && entry.Fingerprints is null)
                entry = entry with { Fingerprints = OrganizationMapper.FingerprintsOf(entry, source?.Mapped) };
            pass.Put(entry);
            switch (decision)
            {
                case OrganizationDecision.Reject reject:
                    pass.Fail(id, new Failure(FailureClass.Data, reject.Problem));
                    break;
                case OrganizationDecision.Skip skip:
                    ended.Add(entry.Skip(now, skip.Reason));
                    break;
                case OrganizationDecision.Keep keep:
                    ended.Add(entry.Sync(now, "kept", keep.Reason));
                    break;
                case OrganizationDecision.Unchanged when FieldOf(id).Lacks(entry, source?.Record):
                    pass.Put(entry with { WriteBack = WriteBack.Due });
                    break;
                case OrganizationDecision.Unchanged when entry.WriteBack != WriteBack.Due:
                    ended.Add(entry.Sync(now, "unchanged", "Both sides are equal."));
                    break;
            }
        }

        await pass.SaveFinalAsync(ended, cancellationToken);
    }

    private async Task WriteAsync(
        RecordPass pass,
        WriteTarget target,
        Dictionary<string, OrganizationDecision> decisions,
        Dictionary<string, CustomerSource> sources,
        CancellationToken cancellationToken
    )
    {
        var writes = await planner.PlanAsync(pass, decisions, sources, cancellationToken);
        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
        {
            await pass.SaveShadowAsync(
                [
                    .. writes.Select(w =>
                        pass[w.SourceId]
                            .Skip(time.GetUtcNow(), $"{RecordPass.ShadowMode} would {w.Operation} the customer.")
                    ),
                ],
                cancellationToken
            );
            return;
        }

        var outcomes = await writer.WriteAsync(pass.Batch, target, writes, cancellationToken);
        var taken = outcomes
            .Values.Where(o => o.Result?.Failure == Intacct.IntacctFailure.Duplicate && o.Entry.TargetId is null)
            .ToList();
        pass.Take(outcomes.Values);
        var unshown = outcomes
            .Values.Select(o => o.Entry)
            .Where(e => e.WriteBack == WriteBack.Due)
            .Select(e => FieldOf(e.Key.SourceId).Settled(e, sources.GetValueOrDefault(e.Key.SourceId)?.Record))
            .Where(e => e.WriteBack != WriteBack.Due)
            .Select(e => e.Sync(time.GetUtcNow(), "unchanged", "There is no record in Zuper any more to show the id."));
        await pass.SaveFinalAsync([.. unshown], cancellationToken);
        await matcher.AdoptDuplicatesAsync(pass, taken, target, cancellationToken);
    }

    private static SageIdField FieldOf(string sourceId) => OwnCustomer.Is(sourceId) ? OwnField : Field;
}
