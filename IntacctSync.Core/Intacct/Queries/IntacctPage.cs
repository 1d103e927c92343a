using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Queries;

/// <summary>Records of a query, in its order.</summary>
public sealed record IntacctPage(IReadOnlyList<IntacctRecord> Records)
{
    /// <summary>
    /// Of a feed: every record changed up to and including this time has been given, and something later was seen. A
    /// cursor may move here once the page's records are safe. Null when nothing is certain yet, and of a query by key.
    /// </summary>
    public string? FullyReadTo { get; init; }

    /// <summary>Of a feed: the latest time of change given so far. Its second may still gain records.</summary>
    public string? LastSeen { get; init; }

    /// <summary>How many records the query has in all, as of this page, when the answer says so.</summary>
    public long? TotalCount { get; init; }

    /// <summary>When Intacct answered, by its own clock.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The month's transactions that were used up for this page.</summary>
    public int Transactions { get; init; }

    public bool IsLast { get; init; }
}

/// <summary>Makes one query call with this filter and this order, all ascending.</summary>
internal delegate Task<PageAnswer> ReadPage(QueryFilter? filter, IReadOnlyList<string> order, CancellationToken ct);
