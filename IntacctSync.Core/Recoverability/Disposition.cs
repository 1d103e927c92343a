using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Recoverability;

/// <summary>What becomes of an envelope.</summary>
public abstract record Disposition
{
    private Disposition() { }

    /// <summary>It has been worked off.</summary>
    public sealed record Complete : Disposition;

    /// <summary>It comes again after a while.</summary>
    /// <param name="After">How long to wait.</param>
    /// <param name="Failed">Whether this attempt counts as a failure.</param>
    /// <param name="KeepsSnapshot">Whether the envelope keeps what a list had read of the record.</param>
    public sealed record Retry(TimeSpan After, bool Failed, bool KeepsSnapshot = false) : Disposition;

    /// <summary>A person must change something; the record says what, and the envelope is done.</summary>
    public sealed record NeedsAction(Problem Problem) : Disposition;

    /// <summary>It is given up; the record can be retried by hand.</summary>
    public sealed record DeadLetter(Problem Problem) : Disposition;
}
