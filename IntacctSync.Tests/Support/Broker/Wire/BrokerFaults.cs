namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>What the broker is to do wrong.</summary>
public sealed class BrokerFaults
{
    private int _busy;

    /// <summary>It holds its connections, and answers nothing any more.</summary>
    public bool Silent { get; set; }

    /// <summary>It takes tokens and attaches links, and never says what became of what is sent to it.</summary>
    public bool Undecided { get; set; }

    /// <summary>How many of the next sends it refuses, since it has too much to do.</summary>
    public int Busy
    {
        get => Volatile.Read(ref _busy);
        set => Volatile.Write(ref _busy, value);
    }

    /// <summary>Where it answers 401 to a token.</summary>
    public bool Unauthorized { get; set; }

    /// <summary>
    /// How long an attach waits for the next session that has a message, before it is answered that there is none.
    /// </summary>
    public TimeSpan SessionWait { get; set; } = TimeSpan.FromSeconds(5);

    internal bool TakeBusy()
    {
        if (Interlocked.Decrement(ref _busy) >= 0)
            return true;
        Interlocked.Increment(ref _busy);
        return false;
    }
}
