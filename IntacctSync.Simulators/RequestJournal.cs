namespace IntacctSync.Simulators;

/// <summary>The latest requests, oldest first, at most <paramref name="capacity"/> of them, and the count of all. Thread-safe.</summary>
public sealed class RequestJournal(int capacity = 1000)
{
    private readonly Lock _lock = new();
    private readonly Queue<JournalEntry> _entries = new();
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

    public void Add(JournalEntry entry)
    {
        lock (_lock)
        {
            _count++;
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
