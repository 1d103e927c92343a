using IntacctSync.Core.Apps;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow;

/// <summary>
/// Records that a person linked: their counterparts are read once, for the external id by which alone Upflow changes a
/// record.
/// </summary>
public sealed class HandLinks(UpflowClient upflow)
{
    /// <summary>Ends those whose counterpart is not there, or has no external id.</summary>
    internal async Task ResolveAsync(RecordPass pass, UpflowKind kind, CancellationToken cancellationToken)
    {
        foreach (
            var work in pass.Open.Where(w => pass[w.SourceId] is { TargetId: not null, NaturalKey: null }).ToList()
        )
        {
            var entry = pass[work.SourceId];
            var read = await FindAsync(pass.Batch.Access.Upflow(), kind, entry.TargetId!, cancellationToken);
            if (ObjectionTo(read, kind, entry.TargetId!) is { } objection)
                pass.Fail(work.SourceId, new Failure(FailureClass.Data, Unusable(objection)));
            else
                pass.Put(entry with { NaturalKey = read!.Value.ExternalId });
        }
    }

    /// <summary>Whether a record can be a counterpart, and its own id.</summary>
    internal async Task<LinkCheck> CheckAsync(
        UpflowAccount account,
        UpflowKind kind,
        string targetId,
        CancellationToken cancellationToken
    )
    {
        var read = await FindAsync(account, kind, targetId, cancellationToken);
        return ObjectionTo(read, kind, targetId) is { } objection
            ? LinkCheck.Refused(objection)
            : LinkCheck.Fits(read?.Id ?? targetId);
    }

    private Task<UpflowRead?> FindAsync(
        UpflowAccount account,
        UpflowKind kind,
        string targetId,
        CancellationToken cancellationToken
    ) => upflow.FindAsync(account, kind, new UpflowReference(targetId), Remote.RequestPriority.Live, cancellationToken);

    /// <summary>Why it can't be a counterpart; null where it can.</summary>
    private static string? ObjectionTo(UpflowRead? read, UpflowKind kind, string targetId) =>
        read switch
        {
            null => $"Upflow knows no record {targetId} among its {kind.Path}.",
            { ExternalId: null } =>
                $"The record {targetId} of Upflow was made there by hand and has no external id, by which alone it "
                    + "could be changed.",
            _ => null,
        };

    private static Problem Unusable(string objection) =>
        new(
            "upflow-link-unusable",
            objection,
            "Link another record; or delete that one in Upflow, ignore this one and retry it, so that one is made."
        );
}
