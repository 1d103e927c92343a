namespace IntacctSync.Core.Detection;

/// <summary>How far the audit history has been read for deletions.</summary>
/// <param name="UpTo">Every deletion before it that was written down by then has been seen.</param>
/// <param name="TriedAt">When it was last read, or tried to be.</param>
/// <param name="Denied">Whether the user's role may not see it.</param>
/// <param name="Failed">Whether it could not be read the last time, for whatever reason.</param>
internal sealed record DeletionPosition(DateTimeOffset UpTo, DateTimeOffset TriedAt, bool Denied = false, bool Failed = false)
{
    /// <summary>Deletions are written down late.</summary>
    public static readonly TimeSpan Trailing = TimeSpan.FromMinutes(150);

    /// <summary>The widest window that is asked for: Intacct fails at long ones (estuary's source-sage-intacct and hotglue's tap-intacct met that).</summary>
    private static readonly TimeSpan Widest = TimeSpan.FromDays(1);

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private static readonly TimeSpan EveryWhereDenied = TimeSpan.FromDays(1);

    /// <summary>Pure.</summary>
    public bool IsDue(DateTimeOffset now) => now - TriedAt >= (Denied ? EveryWhereDenied : Every);

    /// <summary>The windows to read, oldest first; the first reaches back over what may have been written down late. Pure.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Windows(DateTimeOffset createdAt, DateTimeOffset now)
    {
        var from = UpTo - Trailing;
        if (from < IntacctPosition.Earliest(createdAt))
            from = IntacctPosition.Earliest(createdAt);
        for (; now - from > Widest; from += Widest)
            yield return (from, from + Widest);

        // The end lies ahead of our clock, which may go behind Intacct's.
        yield return (from, now + Widest);
    }
}
