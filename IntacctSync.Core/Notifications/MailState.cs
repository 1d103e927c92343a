namespace IntacctSync.Core.Notifications;

/// <summary>Where a connection's e-mails stand. Who is to send one claims this row first.</summary>
/// <param name="DigestAt">When the hour that a digest ends began.</param>
/// <param name="ToldStop">Since when the connection had been stopped, of the stop that was told and has not been told
/// over.</param>
/// <param name="ClaimedUntil">Until when somebody is sending.</param>
/// <param name="Failures">How often in a row sending failed.</param>
/// <param name="NextTryAt">When it is tried again.</param>
/// <param name="ETag">Of the row; empty where there is none yet.</param>
public sealed record MailState(
    DateTimeOffset? DigestAt = null,
    DateTimeOffset? ToldStop = null,
    DateTimeOffset? ClaimedUntil = null,
    int Failures = 0,
    DateTimeOffset? NextTryAt = null,
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

    public bool MayBeTaken(DateTimeOffset now) => !(ClaimedUntil > now) && !(NextTryAt > now);

    public MailState NotSent(DateTimeOffset now) =>
        this with
        {
            ClaimedUntil = null,
            Failures = Failures + 1,
            NextTryAt = now + Pauses[Math.Min(Failures, Pauses.Length - 1)],
        };

    public MailState Sent() => this with { ClaimedUntil = null, Failures = 0, NextTryAt = null };
}
