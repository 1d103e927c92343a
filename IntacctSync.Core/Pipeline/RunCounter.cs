using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Pipeline;

/// <summary>
/// Counts what was worked off for the runs that asked for it. A count is progress to look at; nothing depends on it.
/// </summary>
public sealed class RunCounter(RunStore runs)
{
    internal async Task CountAsync(
        ConnectionId connection,
        IReadOnlyDictionary<ReceivedEnvelope, Disposition> outcomes,
        CancellationToken cancellationToken
    )
    {
        var byRun = outcomes
            .Where(o => o.Key.Envelope.RunId is not null && o.Value is not Disposition.Retry)
            .GroupBy(o => o.Key.Envelope.RunId!, StringComparer.Ordinal);
        foreach (var run in byRun)
        {
            var done = run.Count(o => o.Value is Disposition.Complete);
            var failed = run.Count() - done;
            await runs.ChangeAsync(
                connection,
                run.Key,
                r => r with { Done = r.Done + done, Failed = r.Failed + failed },
                cancellationToken
            );
        }
    }
}
