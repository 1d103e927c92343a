namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>How many requests are under way, and how many there were.</summary>
internal sealed class Wire
{
    private int _underWay;
    private int _count;
    private int _storing;

    /// <summary>
    /// Answers in the place of the server: given the body that was sent, the XML to answer, or null to let it pass.
    /// </summary>
    public Func<string, string?>? InPlace { get; set; }

    /// <summary>Refuses a request with a status and nothing else; null lets it pass.</summary>
    public Func<HttpRequestMessage, System.Net.HttpStatusCode?>? Refuse { get; set; }

    /// <summary>Changes an answer on its way: given what was sent and what came back, what is to arrive.</summary>
    public Func<string, string, string>? Change { get; set; }

    public bool IsQuiet => Volatile.Read(ref _underWay) == 0 && Volatile.Read(ref _storing) == 0;

    public int Count => Volatile.Read(ref _count);

    public void Begin()
    {
        Interlocked.Increment(ref _underWay);
        Interlocked.Increment(ref _count);
    }

    /// <summary>What is stored is waited for like a request; it counts as none.</summary>
    public async Task<T> StoringAsync<T>(Func<Task<T>> work)
    {
        Interlocked.Increment(ref _storing);
        try
        {
            return await work();
        }
        finally
        {
            Interlocked.Decrement(ref _storing);
        }
    }

    public void End() => Interlocked.Decrement(ref _underWay);
}
