using IntacctSync.Core.Envelopes.Broker;

namespace IntacctSync.Tests.Support.Broker;

/// <summary>
/// A queue in memory that behaves as a Service Bus queue with sessions does: exclusive locks, peek-lock, duplicates
/// told by message id, scheduled messages, deliveries counted, dead letters. It goes by the test's clock.
/// </summary>
/// <remarks>
/// Source: learn.microsoft.com, Service Bus: message sessions (an expired lock counts as a delivery, a closed session
/// does not), message transfers and settlement, duplicate detection, message sequencing (a scheduled message gets its
/// place when its time has come), dead-letter queues (the sub-queue of a queue with sessions is read without them).
/// </remarks>
public sealed partial class StrictBroker : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly BrokerRules _rules;
    private readonly ITimer _timer;
    private readonly SortedDictionary<string, StoredSession> _sessions = new(StringComparer.Ordinal);
    private readonly PriorityQueue<BrokerMessage, (DateTimeOffset At, long Order)> _scheduled = new();
    private readonly Dictionary<string, DateTimeOffset> _ids = new(StringComparer.Ordinal);
    private readonly List<BrokerMessage> _taken = [];
    private readonly List<BrokerMessage> _dropped = [];
    private TaskCompletionSource _changed = NewSignal();
    private long _numbers;
    private long _operations;

    public StrictBroker(TimeProvider time, BrokerRules? rules = null)
    {
        (_time, _rules) = (time, rules ?? new BrokerRules());
        _timer = time.CreateTimer(
            static b => ((StrictBroker)b!).Do(static () => true),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    public BrokerRules Rules => _rules;

    /// <summary>Its clock.</summary>
    public TimeProvider Time => _time;

    /// <summary>How often anything in it changed.</summary>
    public long Operations => Interlocked.Read(ref _operations);

    /// <summary>Ends when anything has changed since it was asked for.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Everything that was taken, in its order; what was dropped as a duplicate is not among it.</summary>
    public IReadOnlyList<BrokerMessage> Taken => Do(() => _taken.ToList());

    public IReadOnlyList<BrokerMessage> Dropped => Do(() => _dropped.ToList());

    /// <summary>How many messages there are, those that are scheduled, locked or dead included.</summary>
    public int Count => Do(() => _sessions.Values.Sum(s => s.Messages.Count) + _scheduled.Count + _dead.Count);

    /// <summary>
    /// Takes all messages or none; one whose id was sent within the window is dropped without a word.
    /// </summary>
    /// <param name="batch">What is sent at once.</param>
    /// <param name="bytes">How many they have on the wire; null where there is no wire.</param>
    /// <exception cref="ArgumentException">A limit is broken; nothing was taken.</exception>
    public void Send(IReadOnlyList<BrokerMessage> batch, int? bytes = null)
    {
        MessageLimits.Check(batch, _rules.LargestBytes, bytes);
        Do(() =>
        {
            var now = _time.GetUtcNow();
            foreach (var message in batch)
                Take(message, now);
            return true;
        });
    }

    /// <summary>Takes messages for later; each can be taken back until its time has come.</summary>
    /// <returns>The number of each.</returns>
    /// <exception cref="ArgumentException">A limit is broken, or one has no time; nothing was taken.</exception>
    public IReadOnlyList<long> Schedule(IReadOnlyList<BrokerMessage> messages)
    {
        MessageLimits.Check(messages, _rules.LargestBytes, null);
        if (messages.Any(m => m.ScheduledEnqueueTime is null))
            throw new ArgumentException("A scheduled message says when it is to be delivered.", nameof(messages));
        return Do(() =>
        {
            var now = _time.GetUtcNow();
            return messages
                .Select(m =>
                {
                    Take(m, now);
                    return _numbers;
                })
                .ToList();
        });
    }

    /// <summary>Takes a message back whose time has not come yet.</summary>
    /// <returns>Whether there is one of that number.</returns>
    public bool Cancel(long number) =>
        Do(() =>
        {
            var found = _scheduled.UnorderedItems.FirstOrDefault(i => i.Priority.Order == number);
            if (found.Element is null || !_scheduled.Remove(found.Element, out _, out _))
                return false;
            Touch();
            return true;
        });

    /// <summary>Messages of a session as a person sees them in the portal; they stay as they are.</summary>
    public IReadOnlyList<DeliveredMessage> Peek(string sessionId) =>
        Do(() =>
            _sessions.TryGetValue(sessionId, out var session)
                ? session.Messages.Values.Select(m => m.Peek()).ToList()
                : []
        );

    public void Dispose() => _timer.Dispose();

    private void Take(BrokerMessage message, DateTimeOffset now)
    {
        if (_ids.TryGetValue(message.MessageId, out var sent) && now - sent < _rules.DuplicateWindow)
        {
            _dropped.Add(message);
            return;
        }

        _ids[message.MessageId] = now;
        _taken.Add(message);
        Touch();
        if (message.ScheduledEnqueueTime is { } at && at > now)
            _scheduled.Enqueue(message, (at, ++_numbers));
        else
            Enqueue(message, now);
    }

    private void Enqueue(BrokerMessage message, DateTimeOffset at)
    {
        var stored = new StoredMessage(message, ++_numbers, at);
        SessionOf(message.SessionId).Messages.Add(stored.Sequence, stored);
        Touch();
    }

    private StoredSession SessionOf(string id)
    {
        if (!_sessions.TryGetValue(id, out var session))
            _sessions[id] = session = new StoredSession();
        return session;
    }

    /// <summary>
    /// Everything happens here: first what the time has brought, then what is asked, then the timer is set for what
    /// comes next.
    /// </summary>
    private T Do<T>(Func<T> work)
    {
        lock (_lock)
        {
            PassTime(_time.GetUtcNow());
            var result = work();
            SetTimer();
            return result;
        }
    }

    /// <summary>Something is otherwise than before: whoever waits for that looks again.</summary>
    private void Touch()
    {
        Interlocked.Increment(ref _operations);
        Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
    }

    private void PassTime(DateTimeOffset now)
    {
        while (_scheduled.TryPeek(out var message, out var due) && due.At <= now)
        {
            _scheduled.Dequeue();
            Enqueue(message, due.At);
        }

        foreach (var session in _sessions.Values.Where(s => s.Holder is not null && s.LockedUntil <= now))
            Lose(session);
        foreach (var letter in _dead.Values.Where(m => m.LockToken is not null && m.LockedUntil <= now))
            Release(letter);
    }

    private void SetTimer()
    {
        var next = _sessions
            .Values.Where(s => s.Holder is not null)
            .Select(s => s.LockedUntil)
            .Concat(_dead.Values.Where(m => m.LockToken is not null).Select(m => m.LockedUntil))
            .Concat(_scheduled.TryPeek(out _, out var due) ? [due.At] : [])
            .DefaultIfEmpty(DateTimeOffset.MaxValue)
            .Min();
        var wait = next - _time.GetUtcNow();
        _timer.Change(
            next == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan
                : wait > TimeSpan.Zero ? wait
                : TimeSpan.FromTicks(1),
            Timeout.InfiniteTimeSpan
        );
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A lock token is a GUID, and a new one for each delivery.</summary>
    private string NewToken() => new Guid((int)++_numbers, 0, 0, new byte[8]).ToString();
}
