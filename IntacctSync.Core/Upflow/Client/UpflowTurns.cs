namespace IntacctSync.Core.Upflow.Client;

/// <summary>Lets the writes about one customer go one after the other, in the order in which they come.</summary>
internal sealed class UpflowTurns
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);

    /// <summary>Runs a call when those before it about the same customer have ended, however they ended.</summary>
    /// <param name="customer">Tells customers of all organisations apart.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Gives up the turn before it has come.</param>
    public async Task<T> RunAsync<T>(string customer, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        Task mine;
        lock (_gate)
        {
            before = _last.GetValueOrDefault(customer, Task.CompletedTask);
            _last[customer] = mine = Task.WhenAll(before, ended.Task);
        }

        try
        {
            await before.WaitAsync(cancellationToken).ConfigureAwait(false);
            return await call().ConfigureAwait(false);
        }
        finally
        {
            ended.SetResult();
            lock (_gate)
            {
                if (_last.TryGetValue(customer, out var last) && last == mine)
                    _last.Remove(customer);
            }
        }
    }
}
