using IntacctSync.Core.Envelopes;

namespace IntacctSync.Tests.Support;

/// <summary>Keeps what is sent to it, tells duplicates, and fails when told to.</summary>
public sealed class RecordingQueue : IEnvelopeQueue
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<OutgoingEnvelope> _sent = [];

    public bool Down { get; set; }

    /// <summary>Whether it takes what is sent and never answers, also not where the caller has gone.</summary>
    public bool Hangs { get; set; }

    /// <summary>Ends when it has first taken something that it will not answer.</summary>
    public Task Taken => _taken.Task;

    public IReadOnlyList<OutgoingEnvelope> Sent
    {
        get
        {
            lock (_gate)
                return [.. _sent];
        }
    }

    public Task<IReadOnlyList<SendOutcome>> SendAsync(
        IReadOnlyList<OutgoingEnvelope> envelopes,
        CancellationToken cancellationToken
    )
    {
        if (Down)
            throw new QueueUnavailableException("The queue's disk is full.");
        if (Hangs)
        {
            _taken.TrySetResult();
            return new TaskCompletionSource<IReadOnlyList<SendOutcome>>().Task;
        }

        lock (_gate)
        {
            var outcomes = new List<SendOutcome>();
            foreach (var envelope in envelopes)
            {
                var known = _sent.Exists(e => e.Envelope.MessageId == envelope.Envelope.MessageId);
                outcomes.Add(known ? SendOutcome.Duplicate : SendOutcome.Accepted);
                if (!known)
                    _sent.Add(envelope);
            }

            return Task.FromResult<IReadOnlyList<SendOutcome>>(outcomes);
        }
    }
}
