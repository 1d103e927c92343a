using IntacctSync.Core.Envelopes;
using IntacctSync.Local.Queue;
using IntacctSync.Web.Health;

namespace IntacctSync.Local;

/// <summary>Ready only while the queue takes a write.</summary>
internal sealed class QueueReadiness(SqliteEnvelopeQueue queue) : IReadinessCheck
{
    public string Name => "queue";

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await queue.ProbeAsync(cancellationToken);
            return null;
        }
        catch (QueueUnavailableException e)
        {
            return e.Message;
        }
    }
}
