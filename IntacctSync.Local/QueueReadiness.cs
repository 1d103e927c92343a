using IntacctSync.Core.Envelopes;
using IntacctSync.Local.Queue;
using IntacctSync.Web.Health;

namespace IntacctSync.Local;

/// <summary>Ready only while the queue takes a write, and nothing of its file was found damaged.</summary>
internal sealed class QueueReadiness(SqliteEnvelopeQueue queue) : IReadinessCheck
{
    public string Name => "queue";

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await queue.ProbeAsync(cancellationToken);
            return queue.Damage;
        }
        catch (QueueUnavailableException e)
        {
            return e.Message;
        }
    }
}
