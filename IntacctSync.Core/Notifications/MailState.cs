using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Notifications;

/// <summary>What was sent to a connection's recipients. An instance claims this row before it sends.</summary>
/// <param name="DigestAt">When the last digest was sent; the next one may follow an hour later.</param>
/// <param name="ToldStop">When the stop began that people were told of, until they are told that it is over; null
/// otherwise.</param>
/// <param name="ClaimedUntil">One instance is sending; until then the others leave it alone.</param>
/// <param name="Failures">How many attempts to send have failed in a row.</param>
/// <param name="NextTryAt">When the next attempt is due after a failed one.</param>
/// <param name="LastSentAt">When the last e-mail was sent.</param>
/// <param name="LastError">Why the last attempt failed; null once one has succeeded since.</param>
/// <param name="ETag">Of the row; empty where there is none yet.</param>
public sealed record MailState(
    DateTimeOffset? DigestAt = null,
    DateTimeOffset? ToldStop = null,
    DateTimeOffset? ClaimedUntil = null,
    int Failures = 0,
    DateTimeOffset? NextTryAt = null,
    DateTimeOffset? LastSentAt = null,
    string? LastError = null,
    string ETag = ""
)
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1),
    ];

    /// <summary>How long an instance claims the row for: longer than sending an e-mail can take.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    /// <summary>Whether nobody is sending, and no pause lasts. Pure.</summary>
    public bool MayBeTaken(DateTimeOffset now) =>
        !NotedTimes.Lasts(ClaimedUntil, Claim, now) && !NotedTimes.Lasts(NextTryAt, Pauses[^1], now);

    public MailState NotSent(DateTimeOffset now, string reason) =>
        this with
        {
            ClaimedUntil = null,
            LastError = reason,
            Failures = Failures + 1,
            NextTryAt = now + Pauses[Math.Min(Failures, Pauses.Length - 1)],
        };

    public MailState Sent(DateTimeOffset now) =>
        this with
        {
            ClaimedUntil = null,
            Failures = 0,
            NextTryAt = null,
            LastSentAt = now,
            LastError = null,
        };
}
