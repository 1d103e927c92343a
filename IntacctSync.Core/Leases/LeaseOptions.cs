namespace IntacctSync.Core.Leases;

/// <summary>
/// How many requests may be in flight per company, and how long a holder that fell silent keeps its place.
/// </summary>
public sealed class LeaseOptions
{
    public int MaxConcurrency { get; set; } = 1;

    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(30);
}
