using System.Collections.Concurrent;

namespace IntacctSync.Core.Remote;

/// <summary>
/// What one account of another system may still be asked, shared by all who ask it: so many requests a minute, learned
/// from its answers, of which bulk work may use four fifths, and so many at the same time.
/// </summary>
/// <remarks>
/// Lives as long as the process; its semaphores never make a wait handle, so there is nothing to dispose of.
/// </remarks>
#pragma warning disable CA1001
internal sealed class RequestBudget(TimeProvider machine, RequestLimits? limits = null)
#pragma warning restore CA1001
{
    /// <summary>
    /// Nobody waits longer than this here. A caller that would have to wait longer is told so, and comes back later.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How far ahead callers are told to come back. Callers beyond that are told the first free moment again.
    /// </summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromMinutes(10);

    public const int MaxInFlight = 8;
    public const int MaxBulkInFlight = 6;

    /// <summary>
    /// The pause after a refusal that names none. By then the limiter's minute is over for half of all refusals.
    /// </summary>
    private static readonly TimeSpan PauseWithoutTime = TimeSpan.FromSeconds(30);

    private readonly SteadyClock _time = new(machine);
    private readonly Lock _gate = new();
    private readonly RequestHistory _history = new(limits?.EachMinute);
    private readonly LinkedList<RequestPriority> _waiting = new();
    private readonly SemaphoreSlim _flights = new(limits?.AtOnce ?? MaxInFlight);
    private readonly SemaphoreSlim _bulkFlights = new(limits?.BulkAtOnce ?? MaxBulkInFlight);
    private readonly DateTimeOffset[] _told = new DateTimeOffset[2];

    /// <summary>Waits to send one request, for at most <see cref="LongestWait"/>.</summary>
    /// <exception cref="ExchangeException">The wait would be longer; nothing was sent, and RetryAfter says when to come
    /// back.</exception>
    public async Task<RequestPermit> EnterAsync(RequestPriority priority, CancellationToken cancellationToken)
    {
        await TakeAsync(priority, cancellationToken);
        var bulk = priority == RequestPriority.Bulk;
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
                _history.GiveBack();
            throw;
        }

        return new RequestPermit(this, priority);
    }

    /// <summary>
    /// How long until a request may go, behind those that wait and those that were told to come back; zero for now.
    /// </summary>
    public TimeSpan FreeIn(RequestPriority priority)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var wait = _history.WaitFor(priority, now, Ahead(priority, null));
            var told = _told[(int)priority] - now;
            return told > wait ? told : wait;
        }
    }

    /// <summary>What an answer says of the budget.</summary>
    /// <param name="rate">Its headers.</param>
    /// <param name="verdict">What it means for the budget.</param>
    public void Learn(AnsweredRate rate, RateVerdict verdict)
    {
        lock (_gate)
        {
            if (verdict == RateVerdict.Limited)
                _history.LearnLimited();
            else if (verdict == RateVerdict.Granted && rate is { Limit: null, Remaining: null })
                _history.LearnUnlimited();
            _history.Learn(rate.Limit, rate.Remaining, _time.GetUtcNow());
        }
    }

    /// <summary>
    /// The remote refused a request for its rate, or asked for a pause: nobody asks this account before the pause is
    /// over.
    /// </summary>
    /// <returns>How long the caller should wait: until the pause is over and it is its turn.</returns>
    public TimeSpan Pause(TimeSpan? retryAfter, RequestPriority priority)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            _history.Hold(now + (retryAfter ?? PauseWithoutTime));
            return Tell(priority, now, _history.WaitFor(priority, now, _waiting.Count));
        }
    }

    internal void Leave(RequestPriority priority)
    {
        lock (_gate)
            _history.Answered(_time.GetUtcNow());
        _flights.Release();
        if (priority == RequestPriority.Bulk)
            _bulkFlights.Release();
    }

    private async Task TakeAsync(RequestPriority priority, CancellationToken cancellationToken)
    {
        var deadline = _time.GetUtcNow() + LongestWait;
        LinkedListNode<RequestPriority>? place = null;
        try
        {
            while (true)
            {
                TimeSpan wait;
                lock (_gate)
                {
                    var now = _time.GetUtcNow();
                    wait = _history.WaitFor(priority, now, Ahead(priority, place));
                    if (wait <= TimeSpan.Zero)
                    {
                        _history.Take(now);
                        return;
                    }

                    if (now + wait > deadline)
                        throw Throttled(Tell(priority, now, wait));
                    place ??= _waiting.AddLast(priority);
                }

                // The wait is rounded up to whole milliseconds. Timers round down, and would end too early again and
                // again.
                await Task.Delay(
                    TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)),
                    _time,
                    cancellationToken
                );
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

    /// <summary>
    /// How many go before: live work goes before bulk work, and within each the first that came is the first that goes.
    /// </summary>
    private int Ahead(RequestPriority priority, LinkedListNode<RequestPriority>? place)
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

    /// <summary>
    /// Each caller that is sent away is told a moment of its own, so that they do not all come back at the same time.
    /// </summary>
    private TimeSpan Tell(RequestPriority priority, DateTimeOffset now, TimeSpan wait)
    {
        var first = now + wait;
        var next = _told[(int)priority] + _history.Spacing(priority);
        var turn = next <= first || next > now + Horizon ? first : next;
        _told[(int)priority] = turn;
        return turn - now;
    }

    private static ExchangeException Throttled(TimeSpan retryAfter) =>
        new(ExchangeFault.NotAdmitted, "the account's requests for this minute are used up", retryAfter);
}

/// <summary>Whose share of the account's request budget a call uses.</summary>
public enum RequestPriority
{
    /// <summary>A change that was just made, or a person who waits: may use all of the budget.</summary>
    Live,

    /// <summary>A sweep or a backfill: may use four fifths, and steps back for live work.</summary>
    Bulk,
}

/// <summary>Leave to send one request; dispose of it when its answer is read or no longer waited for.</summary>
internal sealed class RequestPermit(RequestBudget budget, RequestPriority priority) : IDisposable
{
    private int _left;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
            budget.Leave(priority);
    }
}

/// <summary>One budget for each account and key in this process.</summary>
public sealed class RequestBudgets(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RequestBudget> _budgets = new(StringComparer.Ordinal);

    /// <param name="account">Tells accounts apart, those of different systems too, without showing a key.</param>
    /// <param name="limits">What the system allows, where it is known; else it is learned from its answers.</param>
    internal RequestBudget For(string account, RequestLimits? limits = null) =>
        _budgets.GetOrAdd(account, static (_, given) => new RequestBudget(given.time, given.limits), (time, limits));
}

/// <summary>What a system is known to allow an account.</summary>
/// <param name="EachMinute">The most requests in a minute.</param>
/// <param name="AtOnce">The most requests at the same time.</param>
/// <param name="BulkAtOnce">How many of those may be bulk work.</param>
internal sealed record RequestLimits(int EachMinute, int AtOnce, int BulkAtOnce);
