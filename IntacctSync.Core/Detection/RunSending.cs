using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Detection;

/// <summary>
/// Sends the first envelope of a run; a run whose envelope could not be sent has failed, and says so.
/// </summary>
internal static class RunSending
{
    public static async Task SendOrFailAsync(
        this RunStore runs,
        ConnectionId connection,
        Run run,
        IEnvelopeQueue queue,
        Envelope envelope,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await queue.SendAsync([new OutgoingEnvelope(envelope)], cancellationToken);
        }
        catch (QueueUnavailableException e)
        {
            await runs.ChangeAsync(
                connection,
                run.RunId,
                r => r with { State = RunState.Failed, EndedAt = r.StartedAt, Report = e.Message },
                cancellationToken
            );
            throw;
        }
    }
}
