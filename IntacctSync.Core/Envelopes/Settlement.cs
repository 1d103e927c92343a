namespace IntacctSync.Core.Envelopes;

/// <summary>What the queue is to do with a delivered message.</summary>
public abstract record Settlement
{
    private Settlement() { }

    /// <summary>It is done.</summary>
    public sealed record Complete : Settlement;

    /// <summary>
    /// Send <paramref name="Next"/> for delivery at <paramref name="NotBefore"/>, then complete this one; in that
    /// order.
    /// </summary>
    public sealed record Again(Envelope Next, DateTimeOffset NotBefore) : Settlement;

    /// <summary>Move it out of the way, with the reason.</summary>
    public sealed record DeadLetter(string Reason, string Description) : Settlement;

    /// <summary>Give it back untouched; it is delivered again, to whoever asks next.</summary>
    public sealed record Abandon : Settlement;
}
