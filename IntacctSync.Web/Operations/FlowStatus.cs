using IntacctSync.Core.Connections;
using IntacctSync.Core.Review;

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
/// <param name="Stop">Why nothing is synced until a person acts; null while all is well.</param>
/// <param name="Mail">Where its failure e-mails stand.</param>
/// <param name="Webhooks">What came in by webhooks.</param>
/// <param name="Reconciled">What the last nightly comparison of both sides found; where the settings ask for none, what
/// the last one found that a person asked for. Null where there was none.</param>
/// <param name="ReconcileFailed">One of the same kind that failed since; null where none has.</param>
/// <param name="Flows">Each flow of its app.</param>
/// <param name="IntacctTransactionsThisMonth">What its company has used of its allowance this month.</param>
/// <param name="CountedAt">When the counts were made.</param>
internal sealed record ConnectionStatus(
    StopStatus? Stop,
    MailStatus Mail,
    WebhookStatistics Webhooks,
    ReconciledStatus? Reconciled,
    ReconcileFailure? ReconcileFailed,
    IReadOnlyList<FlowStatus> Flows,
    long IntacctTransactionsThisMonth,
    DateTimeOffset CountedAt
);

/// <summary>Why a connection stands still.</summary>
internal sealed record StopStatus(string Code, string Message, string Fix, DateTimeOffset Since)
{
    public static StopStatus? Of(Connection connection) =>
        connection.Stop is { } stop
            ? new StopStatus(stop.Problem.Code, stop.Problem.Message, stop.Problem.Fix, stop.Since)
            : null;
}

/// <summary>When the last failure e-mail went out, and why the last attempt failed if it did.</summary>
internal sealed record MailStatus(DateTimeOffset? LastSentAt, string? LastError);

/// <summary>
/// When the last webhook was accepted, and how many were refused since midnight, UTC, over all instances.
/// </summary>
internal sealed record WebhookStatistics(DateTimeOffset? LastAcceptedAt, long RefusedToday);

/// <summary>What the last comparison of both sides found.</summary>
/// <param name="RunId">Its run.</param>
/// <param name="At">When it ended.</param>
/// <param name="Differences">How many records differ.</param>
/// <param name="Flow">The only flow that was compared; null where it was not one alone.</param>
/// <param name="Since">The first day; null for no beginning.</param>
/// <param name="Until">The last day; null for no end.</param>
/// <param name="Flows">The flows that were compared.</param>
/// <param name="Nightly">Whether the settings asked for it.</param>
/// <param name="OnlyAtTarget">How many records only the target has, by what people call it.</param>
internal sealed record ReconciledStatus(
    string RunId,
    DateTimeOffset At,
    int Differences,
    string? Flow,
    DateOnly? Since,
    DateOnly? Until,
    IReadOnlyList<string> Flows,
    bool Nightly,
    IReadOnlyList<OnlyInSystem> OnlyAtTarget
);

/// <summary>A comparison that failed after the last one that came to its end.</summary>
/// <param name="RunId">Its run.</param>
/// <param name="At">When it failed.</param>
/// <param name="Why">In words.</param>
internal sealed record ReconcileFailure(string RunId, DateTimeOffset At, string? Why);
