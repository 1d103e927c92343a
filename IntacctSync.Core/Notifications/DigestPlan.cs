namespace IntacctSync.Core.Notifications;

/// <summary>What is to be told now: the first of a cause at once, what follows in a digest, at most one an hour. Pure.</summary>
/// <param name="Due">Of what waits, what is told now.</param>
/// <param name="DigestAt">When the hour began that the next digest ends.</param>
public sealed record DigestPlan(IReadOnlyList<Notice> Due, DateTimeOffset? DigestAt)
{
    public static readonly TimeSpan BetweenDigests = TimeSpan.FromHours(1);

    /// <summary>A cause that was not told for this long is a first one again.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public static DigestPlan Of(NoticeBook book, DateTimeOffset now)
    {
        var digest = book.Head.DigestAt is not { } last || now - last >= BetweenDigests;
        var due = book.Waiting.Where(n => digest || !book.Told.TryGetValue(n.Cause, out var told) || now - told >= Remembered).ToList();
        return new DigestPlan(due, digest ? now : book.Head.DigestAt);
    }
}
