using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Queries;

/// <summary>How far a feed has been read: up to which time, and whether the records without a time are done.</summary>
internal sealed class FeedPosition(QueryOrder order)
{
    private readonly string _changed = order.ChangedField!;
    private string _after = order.After!;
    private QueryFilter? _whenNull = order.WhenNull;
    private string? _fullyReadTo;
    private string? _lastSeen;

    /// <summary>What is left to read.</summary>
    public QueryFilter? Filter() =>
        QueryFilter.Or(
            QueryFilter.GreaterThan(_changed, _after),
            _whenNull is null ? null : QueryFilter.And(QueryFilter.IsNull(_changed), _whenNull)
        );

    /// <summary>Only one second, or only what has no time.</summary>
    public QueryFilter? Within(string? second) =>
        second is null
            ? QueryFilter.And(QueryFilter.IsNull(_changed), _whenNull)
            : QueryFilter.EqualTo(_changed, second);

    /// <summary>Notes records that hold whole seconds.</summary>
    /// <param name="records">In the feed's order.</param>
    /// <param name="certain">Whether later records were seen, so that the last of these seconds is over.</param>
    /// <exception cref="IntacctException">Nothing lies beyond what was read before: the filter was not
    /// obeyed.</exception>
    public void Read(IReadOnlyList<IntacctRecord> records, bool certain)
    {
        var times = records.Select(r => r[_changed]).ToList();
        var seconds = times.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var before = _after;
        if (times.Contains(null))
            _whenNull = null;
        var known = _lastSeen is null ? seconds : [_lastSeen, .. seconds];
        if (seconds.Count > 0)
            (_after, _lastSeen) = (seconds[^1], seconds[^1]);
        if (certain && _after == before && !times.Contains(null))
            throw new IntacctException(
                IntacctFailure.Unknown,
                $"A page of changes holds nothing beyond {before}, which was read before: reading stops rather "
                    + $"than going round for ever."
            );
        _fullyReadTo = (certain ? known : known.SkipLast(1)).LastOrDefault() ?? _fullyReadTo;
    }

    /// <summary>
    /// Notes that one second, or the records without a time, was read to its end by key. Only a later second shows that
    /// this one is over.
    /// </summary>
    public void Finish(string? second)
    {
        if (second is null)
            _whenNull = null;
        else
            (_after, _lastSeen) = (second, second);
    }

    public IntacctPage Mark(IntacctPage page) => page with { FullyReadTo = _fullyReadTo, LastSeen = _lastSeen };
}
