namespace IntacctSync.Core.Envelopes;

/// <summary>An envelope as the queue delivered it.</summary>
/// <param name="Envelope">What was sent.</param>
/// <param name="DeliveryCount">How often the queue has delivered this message, this time included; it starts again with each new attempt.</param>
/// <param name="Handle">The queue's own name for the message, to settle it by.</param>
public sealed record ReceivedEnvelope(Envelope Envelope, int DeliveryCount, string Handle);
