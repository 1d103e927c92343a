namespace IntacctSync.Core.Zuper;

/// <summary>Leave to send one request; dispose of it when its answer is read or no longer waited for.</summary>
internal sealed class ZuperTurn(ZuperBudget budget, ZuperPriority priority) : IDisposable
{
    private int _left;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
            budget.Leave(priority);
    }
}
