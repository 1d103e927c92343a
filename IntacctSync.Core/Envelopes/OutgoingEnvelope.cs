namespace IntacctSync.Core.Envelopes;

/// <summary>An envelope to send, and when it may first be delivered; null for at once.</summary>
public sealed record OutgoingEnvelope(Envelope Envelope, DateTimeOffset? NotBefore = null);
