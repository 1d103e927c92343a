using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Envelopes;

/// <summary>The sending side of the queue, the same for every host.</summary>
public interface IEnvelopeQueue
{
    /// <summary>Puts envelopes on the queue; each is durable when the task completes.</summary>
    /// <remarks>
    /// An envelope whose <see cref="Envelope.MessageId"/> was sent within the last ten minutes is dropped. A queue that
    /// can tell says so in the answer; one that can't (Service Bus) answers <see cref="SendOutcome.Accepted"/>.
    /// </remarks>
    /// <returns>One outcome for each, in their order.</returns>
    /// <exception cref="QueueUnavailableException">Some may not be durable; sending all of them again is
    /// safe.</exception>
    Task<IReadOnlyList<SendOutcome>> SendAsync(
        IReadOnlyList<OutgoingEnvelope> envelopes,
        CancellationToken cancellationToken
    );
}

public enum SendOutcome
{
    Accepted,
    Duplicate,
}

/// <summary>The queue did not take the envelopes durably; the same call may succeed later.</summary>
public sealed class QueueUnavailableException(string message, Exception? inner = null)
    : Exception(message, inner),
        ILogText
{
    public string LogText => Message;
}
