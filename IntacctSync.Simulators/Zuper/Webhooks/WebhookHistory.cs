namespace IntacctSync.Simulators.Zuper.Webhooks;

/// <summary>The latest attempts to deliver, oldest first. Thread-safe.</summary>
internal sealed class WebhookHistory
{
    private const int Capacity = 10_000;
    private readonly Lock _lock = new();
    private readonly Queue<WebhookAttempt> _attempts = new();

    public IReadOnlyList<WebhookAttempt> All
    {
        get
        {
            lock (_lock)
                return [.. _attempts];
        }
    }

    public WebhookAttempt? Find(string uid) => All.FirstOrDefault(a => a.Uid == uid);

    public void Add(WebhookAttempt attempt)
    {
        lock (_lock)
        {
            _attempts.Enqueue(attempt);
            if (_attempts.Count > Capacity)
                _attempts.Dequeue();
        }
    }

    public void Clear()
    {
        lock (_lock)
            _attempts.Clear();
    }
}
