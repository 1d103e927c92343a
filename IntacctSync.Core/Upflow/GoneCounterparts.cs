using System.Collections.Concurrent;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow;

/// <summary>
/// Where a person asks for linked records, looks whether their counterparts are still in Upflow. One that is gone is
/// written again: the same call makes it anew.
/// </summary>
public sealed class GoneCounterparts(UpflowClient upflow)
{
    /// <summary>Those among the records, by source id, that are linked, asked for, and gone.</summary>
    /// <exception cref="UpflowException">A call failed.</exception>
    internal async Task<IReadOnlySet<string>> FindAsync(
        RecordPass pass,
        UpflowKind kind,
        IEnumerable<RecordWork> works,
        CancellationToken cancellationToken
    )
    {
        var gone = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            works.Where(w => w.Requested && pass[w.SourceId].TargetId is not null).ToList(),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = UpflowClient.MostAtOnce,
                CancellationToken = cancellationToken,
            },
            async (work, token) =>
            {
                var found = await upflow.FindAsync(
                    pass.Batch.Access.Upflow(),
                    kind,
                    new UpflowReference(pass[work.SourceId].TargetId!),
                    UpflowWrites.PriorityOf(work),
                    token
                );
                if (found is null)
                    gone[work.SourceId] = true;
            }
        );
        return gone.Keys.ToHashSet(StringComparer.Ordinal);
    }
}
