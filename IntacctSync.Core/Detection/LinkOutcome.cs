namespace IntacctSync.Core.Detection;

/// <summary>How a link by hand ended.</summary>
/// <param name="Taken">False when another record is linked to that counterpart.</param>
/// <param name="Owner">That record, if so.</param>
public sealed record LinkOutcome(bool Taken, string? Owner);
