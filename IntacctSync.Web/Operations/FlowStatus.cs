namespace IntacctSync.Web.Operations;

/// <summary>
/// How a flow stands. Records whose write is in doubt are counted as pending: they are not carried over yet, and nobody
/// need act.
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
