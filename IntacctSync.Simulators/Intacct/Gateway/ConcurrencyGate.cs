namespace IntacctSync.Simulators.Intacct.Gateway;

/// <summary>Counts the requests in flight of one company.</summary>
internal sealed class ConcurrencyGate
{
    private readonly Lock _lock = new();
    private int _inFlight;
    private int _asked;

    /// <summary>Most requests that were there at the same time, refused ones included.</summary>
    public int MaxSeen { get; private set; }

    /// <summary>False where the limit is reached. <see cref="Leave"/> follows in both cases.</summary>
    public bool TryEnter(int limit)
    {
        lock (_lock)
        {
            MaxSeen = Math.Max(MaxSeen, ++_asked);
            if (_inFlight >= limit)
                return false;
            _inFlight++;
            return true;
        }
    }

    public void Leave(bool entered)
    {
        lock (_lock)
        {
            _asked--;
            if (entered)
                _inFlight--;
        }
    }

    public void Forget()
    {
        lock (_lock)
            MaxSeen = _asked;
    }
}
