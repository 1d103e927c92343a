using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Sessions;

/// <summary>How long a session can still be used. Every answer prolongs it.</summary>
/// <remarks>
/// The time left is the difference of two times in the answer, so a wrong clock on either side does no harm. It is
/// counted from when the request was sent. A margin of 5 minutes, or half of a very short life, is kept.
/// </remarks>
internal sealed record SessionLifetime(long SentAt, TimeSpan Left)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Null when the answer does not say.</summary>
    public static SessionLifetime? From(ResponseDocument answer, long sentAt) =>
        answer is { SessionTimestamp: { } now, SessionTimeout: { } end } && end > now
            ? new SessionLifetime(sentAt, Usable(end - now))
            : null;

    public bool HasEnded(TimeProvider time) => time.GetElapsedTime(SentAt) >= Left;

    private static TimeSpan Usable(TimeSpan left) => left - (left / 2 < Margin ? left / 2 : Margin);
}
