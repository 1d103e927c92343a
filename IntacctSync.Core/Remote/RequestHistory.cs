namespace IntacctSync.Core.Remote;

/// <summary>
/// The requests of one account in the last minute, and when the next may go: so few in any sixty seconds that neither a
/// fixed nor a sliding window of the limiter is ever overrun. Pure: the caller gives the time, which never goes back.
/// Not thread-safe.
/// </summary>
/// <remarks>
/// A request counts from when it is sent until <see cref="Window"/> after its answer, because the limiter counted it
/// somewhere in between. Bulk work is spaced as well, live requests counted in, so that what it used comes free little
/// by little: live work that stays under the limit then never meets a minute that bulk work has filled.
/// </remarks>
/// <param name="known">The limit where it is known; null where it is to be learned.</param>
internal sealed class RequestHistory(int? known = null)
{
    /// <summary>What a real account was seen to allow in a minute; the lowest of the documented plans is 200.</summary>
    public const int AssumedLimit = 150;

    /// <summary>
    /// One second more than the minute that is counted: for limiters that count in whole seconds or include both ends.
    /// </summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(61);

    /// <summary>The greatest limit that is believed, and the limit of an account that has shown none.</summary>
    public const int GreatestLimit = 100_000;

    private readonly Queue<DateTimeOffset> _answered = new();
    private int _inFlight;
    private int _foreign;
    private DateTimeOffset _foreignUntil;
    private DateTimeOffset _heldUntil;
    private DateTimeOffset _bulkDue = DateTimeOffset.UnixEpoch;
    private bool _limited = known is not null;

    public int Limit { get; private set; } = known ?? AssumedLimit;

    /// <summary>Four fifths of the limit.</summary>
    public int BulkLimit => Math.Max(1, Limit * 4 / 5);

    private TimeSpan BulkSpacing => Window / BulkLimit;

    /// <summary>A twelfth of the bulk work of a minute may go at once.</summary>
    private TimeSpan BulkLead => BulkSpacing * Math.Max(0, (BulkLimit / 12) - 1);

    /// <summary>
    /// How long until a request may go when <paramref name="ahead"/> others go before it; zero for now.
    /// </summary>
    public TimeSpan WaitFor(RequestPriority priority, DateTimeOffset now, int ahead)
    {
        Forget(now);
        var at = Later(now, _heldUntil);
        if (priority == RequestPriority.Bulk)
        {
            at = Later(at, FreeAt(BulkLimit, now, ahead));
            at = Later(at, _bulkDue + (BulkSpacing * ahead) - BulkLead);
        }

        return Later(at, FreeAt(Limit, now, ahead)) - now;
    }

    public void Take(DateTimeOffset now)
    {
        _inFlight++;
        _bulkDue = Later(now, _bulkDue) + BulkSpacing;
    }

    /// <summary>Gives a permit back whose request was never sent.</summary>
    public void GiveBack() => _inFlight--;

    /// <summary>A request was answered, or its answer is no longer waited for.</summary>
    public void Answered(DateTimeOffset now)
    {
        _inFlight--;
        _answered.Enqueue(now);
    }

    /// <summary>
    /// Takes over what an answer says of the account's budget; call it after <see cref="Answered"/>. Impossible figures
    /// are left out.
    /// </summary>
    /// <remarks>
    /// If the limiter has counted more requests than this program sent, others use the same key. Their share is taken
    /// from ours.
    /// </remarks>
    public void Learn(long? limit, long? remaining, DateTimeOffset now)
    {
        if (limit is not null || remaining is not null)
            LearnLimited();
        if (limit is > 0 and <= GreatestLimit)
            Limit = (int)limit;
        if (remaining is not { } left || left < 0 || left > Limit)
            return;
        Forget(now);
        _foreign = Math.Max(0, Limit - (int)left - _answered.Count);
        _foreignUntil = now + Window;
    }

    /// <summary>
    /// A request was granted and its answer named no limit. An account that has never shown a limit is taken to have
    /// none.
    /// </summary>
    /// <remarks>If it has a limit all the same, its first refusal shows it.</remarks>
    public void LearnUnlimited() => Limit = _limited ? Limit : GreatestLimit;

    /// <summary>The account has a limit, whatever it is: it named one, or refused a request for its rate.</summary>
    public void LearnLimited()
    {
        if (!_limited)
            Limit = AssumedLimit;
        _limited = true;
    }

    /// <summary>The remote asked for a pause.</summary>
    public void Hold(DateTimeOffset until) => _heldUntil = Later(_heldUntil, until);

    /// <summary>The time between two requests of that priority when there is always one waiting.</summary>
    public TimeSpan Spacing(RequestPriority priority) =>
        priority == RequestPriority.Bulk ? BulkSpacing : Window / Limit;

    private DateTimeOffset FreeAt(int cap, DateTimeOffset now, int ahead)
    {
        var over = _answered.Count + _inFlight + _foreign + ahead + 1 - cap;
        if (over <= 0)
            return now;
        var foreign = _foreign;
        foreach (var answered in _answered)
        {
            var free = answered + Window;
            if (foreign > 0 && _foreignUntil <= free)
            {
                over -= foreign;
                foreign = 0;
                if (over <= 0)
                    return _foreignUntil;
            }

            if (--over <= 0)
                return free;
        }

        // Requests in flight, and those that wait behind them, are not counted off sooner than a minute from now.
        return foreign >= over ? _foreignUntil : now + Window;
    }

    private void Forget(DateTimeOffset now)
    {
        while (_answered.TryPeek(out var oldest) && oldest + Window <= now)
            _answered.Dequeue();
        if (_foreignUntil <= now)
            _foreign = 0;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
