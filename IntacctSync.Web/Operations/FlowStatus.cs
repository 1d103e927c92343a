namespace IntacctSync.Web.Operations;

/// <summary>
/// How a flow stands. Records whose write is in doubt count as pending, since they are not carried over yet and need no
/// person.
/// </summary>
internal sealed record FlowStatus(
    string Flow,
    bool Enabled,
    string? Cursor,
    DateTimeOffset? LastRunAt,
    DateTimeOffset? LastSuccessAt,
    int Pending,
    int Synced,
    int Skipped,
    int NeedsAction,
    int Dead,
    DateTimeOffset? OldestPendingAt
);

/// <summary>How a connection stands.</summary>
/// <param name="Flows">Each flow of its app.</param>
/// <param name="IntacctTransactionsThisMonth">What its company has used of its allowance this month.</param>
/// <param name="CountedAt">When the counts were made.</param>
internal sealed record ConnectionStatus(
    IReadOnlyList<FlowStatus> Flows,
    long IntacctTransactionsThisMonth,
    DateTimeOffset CountedAt
);
