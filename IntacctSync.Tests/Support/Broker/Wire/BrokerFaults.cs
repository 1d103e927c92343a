namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>What the broker is to do wrong, and when it did.</summary>
public sealed class BrokerFaults
{
    private readonly TaskCompletionSource _linkIgnored = NewSignal();
    private readonly TaskCompletionSource _messageIgnored = NewSignal();
    private readonly TaskCompletionSource _sendRefused = NewSignal();
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

    /// <summary>Its queue has as much as it may hold, and takes nothing more.</summary>
    public bool Full { get; set; }

    /// <summary>
    /// How long an attach waits for the next session that has a message, before it is answered that there is none.
    /// </summary>
    public TimeSpan SessionWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Ends when a link, or leave for one, was first asked for in vain.</summary>
    public Task LinkIgnored => _linkIgnored.Task;

    /// <summary>Ends when a message was first sent in vain.</summary>
    public Task MessageIgnored => _messageIgnored.Task;

    /// <summary>Ends when a send was first refused since there was too much to do.</summary>
    public Task SendRefused => _sendRefused.Task;

    internal bool IgnoresLink() => Tells(Silent, _linkIgnored);

    internal bool IgnoresMessage() => Tells(Silent, _messageIgnored);

    internal bool TakeBusy()
    {
        if (Interlocked.Decrement(ref _busy) >= 0)
            return Tells(true, _sendRefused);
        Interlocked.Increment(ref _busy);
        return false;
    }

    private static bool Tells(bool met, TaskCompletionSource signal)
    {
        if (met)
            signal.TrySetResult();
        return met;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
