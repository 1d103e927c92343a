namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>How many requests are under way, and how many there were.</summary>
internal sealed class Wire
{
    private int _underWay;
    private int _count;

    /// <summary>Answers in the place of the server: given the body that was sent, the XML to answer, or null to let it pass.</summary>
    public Func<string, string?>? InPlace { get; set; }

    public bool IsQuiet => Volatile.Read(ref _underWay) == 0;

    public int Count => Volatile.Read(ref _count);

    public void Begin()
    {
        Interlocked.Increment(ref _underWay);
        Interlocked.Increment(ref _count);
    }

    public void End() => Interlocked.Decrement(ref _underWay);
}
