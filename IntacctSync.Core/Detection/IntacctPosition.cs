namespace IntacctSync.Core.Detection;

/// <summary>How far the objects of a flow have been read in Intacct.</summary>
/// <param name="UpTo">By object: everything that changed up to and including this time has been seen.</param>
/// <param name="LookedBackAt">When the second, wider pass was last made.</param>
/// <param name="Pass">The pass that is under way; null when none is.</param>
/// <param name="Deletions">How far deletions have been read; null before the first time.</param>
internal sealed record IntacctPosition(
    IReadOnlyDictionary<string, DateTimeOffset> UpTo,
    DateTimeOffset? LookedBackAt = null,
    IntacctFeedPass? Pass = null,
    DeletionPosition? Deletions = null)
{
    private static readonly TimeSpan LookBackEvery = TimeSpan.FromHours(1);

    /// <summary>How long past a second must be, by Intacct's own clock, before it is taken to be over.</summary>
    private static readonly TimeSpan SecondIsOver = TimeSpan.FromMinutes(1);

    /// <summary>Nothing from before the connection was made; the second in which it was made may be cut in two.</summary>
    public static DateTimeOffset Earliest(DateTimeOffset createdAt) => createdAt - TimeSpan.FromSeconds(1);

    /// <summary>The position with a pass under way: the one that was broken off, or a new one, which once an hour reaches further back. Pure.</summary>
    public IntacctPosition Begin(DateTimeOffset createdAt, TimeSpan lookBack, DateTimeOffset now)
    {
        if (Pass is not null)
            return this;
        var looksBack = LookedBackAt is null || now - LookedBackAt >= LookBackEvery;
        return this with
        {
            LookedBackAt = looksBack ? now : LookedBackAt,
            Pass = new IntacctFeedPass(0, null, looksBack ? Later((LookedBackAt ?? now) - lookBack, Earliest(createdAt)) : null),
        };
    }

    /// <summary>From where on an object is read now. Pure.</summary>
    public DateTimeOffset After(string objectName, DateTimeOffset createdAt)
    {
        var upTo = UpTo.TryGetValue(objectName, out var seen) ? seen : Earliest(createdAt);
        return Pass!.After ?? (Pass.BackTo is { } backTo && backTo < upTo ? backTo : upTo);
    }

    /// <summary>From where on what has no time of change is read: from where the pass over the object began, however far it has come. Pure.</summary>
    public DateTimeOffset MadeAfter(string objectName, DateTimeOffset createdAt) => Pass!.Begun ?? After(objectName, createdAt);

    /// <summary>Up to when an object is fully read after a page. Pure.</summary>
    /// <param name="fullyReadTo">Up to when later records prove it.</param>
    /// <param name="lastSeen">The last time seen; its second is over when Intacct's clock is well past it, which a feed at rest needs.</param>
    /// <param name="answeredAt">Intacct's clock, which no time of change can be ahead of: one that is was read in an offset that has changed.</param>
    public static DateTimeOffset? ReadTo(DateTimeOffset? fullyReadTo, DateTimeOffset? lastSeen, DateTimeOffset? answeredAt)
    {
        var readTo = lastSeen is not null && answeredAt - lastSeen > SecondIsOver ? lastSeen : fullyReadTo;
        return answeredAt < readTo ? answeredAt : readTo;
    }

    /// <summary>An object was read up to a time; it is never gone back from. Pure.</summary>
    public IntacctPosition Reached(string objectName, DateTimeOffset? readTo) =>
        readTo is not { } reached || (UpTo.TryGetValue(objectName, out var before) && before >= reached)
            ? this
            : this with { UpTo = new Dictionary<string, DateTimeOffset>(UpTo, StringComparer.Ordinal) { [objectName] = reached } };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
