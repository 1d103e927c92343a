using IntacctSync.Core.Envelopes;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>A queue whose sends are waited for before the clock moves.</summary>
internal sealed class WatchedQueue(IEnvelopeQueue inner, Wire wire) : IEnvelopeQueue
{
    public Task<IReadOnlyList<SendOutcome>> SendAsync(
        IReadOnlyList<OutgoingEnvelope> envelopes,
        CancellationToken cancellationToken
    ) => wire.StoringAsync(() => inner.SendAsync(envelopes, cancellationToken));
}
