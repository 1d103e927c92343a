namespace IntacctSync.Core.Detection;

/// <summary>How a link by hand ended.</summary>
/// <param name="Taken">False when another record is linked to that counterpart, or when the outcome of a write of this one is still unknown.</param>
/// <param name="Owner">The other record, if that is why.</param>
public sealed record LinkOutcome(bool Taken, string? Owner);
