using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Queries;

/// <summary>What one query call answered.</summary>
internal sealed record PageAnswer(
    IReadOnlyList<IntacctRecord> Records,
    bool More,
    long? TotalCount,
    DateTimeOffset? AnsweredAt,
    int Transactions
)
{
    /// <exception cref="IntacctException">The answer has no records and says that some remain.</exception>
    public static PageAnswer From(IntacctQuery query, FunctionResult result, IntacctResponse response)
    {
        var more = result.NumRemaining is { } remaining ? remaining > 0 : result.Records.Count >= query.PageSize;
        if (more && result.Records.Count == 0)
            throw new IntacctException(
                IntacctFailure.Unknown,
                $"Intacct answered an empty page of {query.Object} and said that {result.NumRemaining} records remain."
            );
        return new PageAnswer(result.Records, more, result.TotalCount, response.AnsweredAt, response.Transactions);
    }

    public IntacctPage Page(IReadOnlyList<IntacctRecord> records) =>
        new(records)
        {
            TotalCount = TotalCount,
            AnsweredAt = AnsweredAt,
            Transactions = Transactions,
        };
}
