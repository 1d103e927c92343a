namespace IntacctSync.Core.Intacct.Responses;

/// <summary>
/// An answer whose sender and session were accepted: one result for each function that was sent, in the order sent.
/// </summary>
public sealed record IntacctResponse(IReadOnlyList<FunctionResult> Results)
{
    /// <summary>How many of the month's transactions the request used up; see <see cref="TransactionCount"/>.</summary>
    public int Transactions { get; init; }

    /// <summary>When Intacct answered, by its own clock; null when the answer does not say.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>How long it took, from sending to the end of the answer.</summary>
    public TimeSpan Elapsed { get; init; }
}
