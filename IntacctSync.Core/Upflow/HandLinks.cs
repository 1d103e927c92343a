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
            var (externalId, objection) = await ReadAsync(
                pass.Batch.Access.Upflow(),
                kind,
                entry.TargetId!,
                cancellationToken
            );
            if (objection is not null)
                pass.Fail(work.SourceId, new Failure(FailureClass.Data, Unusable(objection)));
            else
                pass.Put(entry with { NaturalKey = externalId });
        }
    }

    /// <summary>The external id of a record, or why it can't be a counterpart.</summary>
    internal async Task<(string? ExternalId, string? Objection)> ReadAsync(
        UpflowAccount account,
        UpflowKind kind,
        string targetId,
        CancellationToken cancellationToken
    ) =>
        await upflow.FindAsync(
            account,
            kind,
            new UpflowReference(targetId),
            Remote.RequestPriority.Live,
            cancellationToken
        ) switch
        {
            null => (null, $"Upflow knows no record {targetId} among its {kind.Path}."),
            { ExternalId: { } externalId } => (externalId, null),
            _ => (
                null,
                $"The record {targetId} of Upflow was made there by hand and has no external id, by which alone it "
                    + "could be changed."
            ),
        };

    private static Problem Unusable(string objection) =>
        new(
            "upflow-link-unusable",
            objection,
            "Link another record; or delete that one in Upflow, ignore this one and retry it, so that one is made."
        );
}
