using IntacctSync.Core.Envelopes;

namespace IntacctSync.Tests.Support;

/// <summary>A queue that keeps what it is sent.</summary>
public sealed class StubQueue : IEnvelopeQueue
{
    public List<OutgoingEnvelope> Sent { get; } = [];

    /// <summary>What happens while envelopes are being sent.</summary>
    public Func<CancellationToken, Task> Sending { get; set; } = _ => Task.CompletedTask;

    public async Task<IReadOnlyList<SendOutcome>> SendAsync(
        IReadOnlyList<OutgoingEnvelope> envelopes,
        CancellationToken cancellationToken
    )
    {
        Sent.AddRange(envelopes);
        await Sending(cancellationToken);
        return [.. envelopes.Select(_ => SendOutcome.Accepted)];
    }
}
