namespace IntacctSync.Core.Zuper;

/// <summary>
/// What one account of Zuper may still be asked, shared by all who ask it: so many requests a minute, learned from its answers, of
/// which bulk work may use four fifths, and so many at the same time.
/// </summary>
/// <remarks>Lives as long as the process; its semaphores never make a wait handle, so there is nothing to dispose of.</remarks>
#pragma warning disable CA1001
internal sealed class ZuperBudget(TimeProvider time)
#pragma warning restore CA1001
{
    /// <summary>Nobody waits longer than this for a turn; a longer wait is the caller's to plan.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>How far ahead waiters are told to come back; after that the turns are told anew from the first that is free.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromMinutes(10);

    public const int MaxInFlight = 8;
    public const int MaxBulkInFlight = 6;

    /// <summary>A refusal that names no time is given this much; a limiter's minute is over by then for half of all refusals.</summary>
    private static readonly TimeSpan PauseWithoutTime = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly RequestLedger _ledger = new();
    private readonly LinkedList<ZuperPriority> _waiting = new();
    private readonly SemaphoreSlim _flights = new(MaxInFlight);
    private readonly SemaphoreSlim _bulkFlights = new(MaxBulkInFlight);
    private readonly DateTimeOffset[] _told = new DateTimeOffset[2];

    /// <summary>Waits for a turn of at most <see cref="LongestWait"/>.</summary>
    /// <exception cref="ZuperException">A turn is further off; nothing was sent, and RetryAfter says when to come back.</exception>
    public async Task<ZuperTurn> EnterAsync(ZuperPriority priority, CancellationToken cancellationToken)
    {
        await TakeAsync(priority, cancellationToken);
        var bulk = priority == ZuperPriority.Bulk;
        var entered = false;
        try
        {
            if (bulk)
                await _bulkFlights.WaitAsync(cancellationToken);
            entered = true;
            await _flights.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (bulk && entered)
                _bulkFlights.Release();
            lock (_gate)
                _ledger.GiveBack();
            throw;
        }

        return new ZuperTurn(this, priority);
    }

    /// <summary>What an answer says of the budget.</summary>
    /// <param name="rate">Its headers.</param>
    /// <param name="failure">What it means; null when it grants the request.</param>
    public void Learn(ZuperRate rate, ZuperFailure? failure)
    {
        lock (_gate)
        {
            if (failure == ZuperFailure.Throttled)
                _ledger.LearnLimited();
            else if (failure is null && rate is { Limit: null, Remaining: null })
                _ledger.LearnUnlimited();
            _ledger.Learn(rate.Limit, rate.Remaining, time.GetUtcNow());
        }
    }

    /// <summary>Zuper refused a request for its rate, or asked for a pause: nobody asks this account before the pause is over.</summary>
    /// <returns>When the caller should come back: after the pause, in its turn.</returns>
    public TimeSpan Pause(TimeSpan? retryAfter, ZuperPriority priority)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            _ledger.Hold(now + (retryAfter ?? PauseWithoutTime));
            return Tell(priority, now, _ledger.WaitFor(priority, now, _waiting.Count));
        }
    }

    internal void Leave(ZuperPriority priority)
    {
        lock (_gate)
            _ledger.Answered(time.GetUtcNow());
        _flights.Release();
        if (priority == ZuperPriority.Bulk)
            _bulkFlights.Release();
    }

    private async Task TakeAsync(ZuperPriority priority, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow() + LongestWait;
        LinkedListNode<ZuperPriority>? place = null;
        try
        {
            while (true)
            {
                TimeSpan wait;
                lock (_gate)
                {
                    var now = time.GetUtcNow();
                    wait = _ledger.WaitFor(priority, now, Ahead(priority, place));
                    if (wait <= TimeSpan.Zero)
                    {
                        _ledger.Take(now);
                        return;
                    }

                    if (now + wait > deadline)
                        throw Throttled(Tell(priority, now, wait));
                    place ??= _waiting.AddLast(priority);
                }

                // Whole milliseconds, upwards: timers cut off what is below, and would come back too early again and again.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
            }
        }
        finally
        {
            if (place is not null)
            {
                lock (_gate)
                    _waiting.Remove(place);
            }
        }
    }

    /// <summary>Live work goes before bulk work, and either in the order in which it came.</summary>
    private int Ahead(ZuperPriority priority, LinkedListNode<ZuperPriority>? place)
    {
        var ahead = 0;
        var before = true;
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            before &= node != place;
            if (node != place && (node.Value < priority || (before && node.Value == priority)))
                ahead++;
        }

        return ahead;
    }

    /// <summary>Each who is sent away is told a turn of its own, so that they do not all come back for the same one.</summary>
    private TimeSpan Tell(ZuperPriority priority, DateTimeOffset now, TimeSpan wait)
    {
        var first = now + wait;
        var next = _told[(int)priority] + _ledger.Spacing(priority);
        var turn = next <= first || next > now + Horizon ? first : next;
        _told[(int)priority] = turn;
        return turn - now;
    }

    private static ZuperException Throttled(TimeSpan retryAfter) =>
        new(ZuperFailure.Throttled, "The account's requests to Zuper for this minute are used up; nothing was sent. It goes on by itself after the pause.")
        {
            RetryAfter = retryAfter,
        };
}
