using IntacctSync.Core.Envelopes;

namespace IntacctSync.Local.Queue;

/// <summary>A message that was moved out of the way.</summary>
/// <param name="Envelope">What was sent, or null where the body can no longer be read.</param>
/// <param name="Reason">A short word, e.g. <c>MaxDeliveryCountExceeded</c>.</param>
/// <param name="Description">What happened.</param>
/// <param name="At">When it was moved.</param>
/// <param name="DeliveryCount">How often it had been delivered.</param>
public sealed record DeadEnvelope(
    Envelope? Envelope,
    string Reason,
    string Description,
    DateTimeOffset At,
    int DeliveryCount
);
