using IntacctSync.Core.Envelopes;

namespace IntacctSync.Core.Recoverability;

/// <summary>How a disposition becomes something that a queue can do. Pure, and the same for every queue.</summary>
public static class Settling
{
    /// <param name="envelope">The envelope that was handled.</param>
    /// <param name="disposition">What is to become of it; null when handling was broken off, so that it is delivered
    /// again.</param>
    /// <param name="now">The time.</param>
    public static Settlement Of(Envelope envelope, Disposition? disposition, DateTimeOffset now) =>
        disposition switch
        {
            Disposition.Complete or Disposition.NeedsAction => new Settlement.Complete(),
            Disposition.Retry retry => new Settlement.Again(
                Next(envelope, retry.Failed, retry.KeepsSnapshot),
                now + retry.After
            ),
            Disposition.DeadLetter dead => new Settlement.DeadLetter(dead.Problem.Code, dead.Problem.Message),
            _ => new Settlement.Abandon(),
        };

    /// <summary>
    /// The same envelope with one more attempt. What a list had read is dropped, since it may be old by then, unless
    /// the record only waits for its turn.
    /// </summary>
    public static Envelope Next(Envelope envelope, bool failed, bool keepsSnapshot = false) =>
        envelope with
        {
            Attempt = envelope.Attempt + 1,
            Failures = envelope.Failures + (failed ? 1 : 0),
            Snapshot = keepsSnapshot ? envelope.Snapshot : null,
        };
}
