namespace IntacctSync.Simulators;

/// <summary>
/// The latest requests, oldest first, at most <paramref name="capacity"/> of them, and the count of all. Thread-safe.
/// </summary>
public sealed class RequestJournal(int capacity = 1000)
{
    private readonly Lock _lock = new();
    private readonly Queue<JournalEntry> _entries = new();
    private readonly List<(long Count, TaskCompletionSource Reached)> _waiting = [];
    private long _count;

    /// <summary>How many requests there were, those included that no longer are in <see cref="Entries"/>.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (_lock)
                return [.. _entries];
        }
    }

    /// <summary>Completes when there have been so many requests.</summary>
    public Task ReachesAsync(long count, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_count >= count)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    public void Add(JournalEntry entry)
    {
        lock (_lock)
        {
            _count++;
            foreach (var (_, reached) in _waiting.Where(w => w.Count <= _count))
                reached.SetResult();
            _waiting.RemoveAll(w => w.Count <= _count);
            _entries.Enqueue(entry);
            if (_entries.Count > capacity)
                _entries.Dequeue();
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _count = 0;
            _entries.Clear();
        }
    }
}
