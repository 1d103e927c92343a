namespace IntacctSync.Simulators.Zuper.Webhooks;

/// <summary>How many deliveries are open, and how many of them wait for the clock. Thread-safe.</summary>
internal sealed class WebhookTally
{
    private readonly Lock _lock = new();
    private readonly List<(Func<bool> Holds, TaskCompletionSource Reached)> _awaited = [];
    private int _open;
    private int _waiting;

    /// <summary>Neither delivered nor given up.</summary>
    public int Open
    {
        get
        {
            lock (_lock)
                return _open;
        }
    }

    public void Opened() => Change(1, 0);

    public void Closed() => Change(-1, 0);

    public void Waiting(int by) => Change(0, by);

    /// <summary>Ends when everything was delivered or given up.</summary>
    public Task IdleAsync(CancellationToken cancellationToken) => ReachAsync(() => _open == 0, cancellationToken);

    /// <summary>Ends when nothing is on its way, though some may wait for their time.</summary>
    public Task RestingAsync(CancellationToken cancellationToken) =>
        ReachAsync(() => _open == _waiting, cancellationToken);

    private Task ReachAsync(Func<bool> holds, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (holds())
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((holds, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    private void Change(int open, int waiting)
    {
        lock (_lock)
        {
            _open += open;
            _waiting += waiting;
            _awaited.RemoveAll(a => a.Holds() && a.Reached.TrySetResult());
        }
    }
}
