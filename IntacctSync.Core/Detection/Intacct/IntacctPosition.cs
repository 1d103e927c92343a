using System.Text.Json;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Detection.Intacct;

/// <summary>How far the objects of a flow have been read in Intacct.</summary>
/// <param name="UpTo">By object: everything that changed up to and including this time has been seen.</param>
/// <param name="LookedBackAt">When the second, wider pass was last made.</param>
/// <param name="Pass">The pass that is under way; null when none is.</param>
/// <param name="Deletions">How far deletions have been read; null before the first time.</param>
internal sealed record IntacctPosition(
    IReadOnlyDictionary<string, DateTimeOffset> UpTo,
    DateTimeOffset? LookedBackAt = null,
    IntacctFeedPass? Pass = null,
    DeletionPosition? Deletions = null
)
{
    private static readonly TimeSpan LookBackEvery = TimeSpan.FromHours(1);

    /// <summary>How long past a second must be, by Intacct's own clock, before it is taken to be over.</summary>
    private static readonly TimeSpan SecondIsOver = TimeSpan.FromMinutes(1);

    /// <summary>The position that a cursor keeps; null before the first reading.</summary>
    public static IntacctPosition? Of(Cursor cursor) =>
        cursor.Position is { } json ? JsonSerializer.Deserialize<IntacctPosition>(json) : null;

    /// <summary>
    /// Nothing older than the connection is read. It may have been made in the middle of a second, so reading begins a
    /// second earlier.
    /// </summary>
    public static DateTimeOffset Earliest(DateTimeOffset createdAt) => createdAt - TimeSpan.FromSeconds(1);

    /// <summary>
    /// The position as it counts now. The times of <see cref="UpTo"/> are Intacct's own; the others are of our clock,
    /// which may have been set back since. A time that lies ahead counts as being as old as the oldest change that was
    /// last seen, so that nothing in between is missed. Pure.
    /// </summary>
    public IntacctPosition HeldAgainst(DateTimeOffset createdAt, DateTimeOffset now)
    {
        var known = UpTo.Count > 0 ? UpTo.Values.Min() : Earliest(createdAt);
        known = known < now ? known : now;
        return this with
        {
            LookedBackAt = LookedBackAt is { } at && NotedTimes.LiesAhead(at, now) ? known : LookedBackAt,
            Deletions = Deletions?.HeldAgainst(known, now),
        };
    }

    /// <summary>
    /// The position with a pass under way. A pass that was broken off goes on; otherwise a new one begins, which once
    /// an hour reaches further back. Pure.
    /// </summary>
    public IntacctPosition Begin(DateTimeOffset createdAt, TimeSpan lookBack, DateTimeOffset now)
    {
        if (Pass is not null)
            return this;
        var looksBack = LookedBackAt is null || now - LookedBackAt >= LookBackEvery;
        return this with
        {
            LookedBackAt = looksBack ? now : LookedBackAt,
            Pass = new IntacctFeedPass(
                0,
                null,
                looksBack ? Later((LookedBackAt ?? now) - lookBack, Earliest(createdAt)) : null
            ),
        };
    }

    /// <summary>From where on an object is read now. Pure.</summary>
    public DateTimeOffset After(string objectName, DateTimeOffset createdAt)
    {
        var upTo = UpTo.TryGetValue(objectName, out var seen) ? seen : Earliest(createdAt);
        return Pass!.After ?? (Pass.BackTo is { } backTo && backTo < upTo ? backTo : upTo);
    }

    /// <summary>
    /// From when on records without a time of change are read: from the beginning of the pass over the object, however
    /// far it has come. Pure.
    /// </summary>
    public DateTimeOffset MadeAfter(string objectName, DateTimeOffset createdAt) =>
        Pass!.Begun ?? After(objectName, createdAt);

    /// <summary>Up to when an object is fully read after a page. Pure.</summary>
    /// <param name="fullyReadTo">Up to when later records prove it.</param>
    /// <param name="lastSeen">The last time seen; that second is over when Intacct's clock is well past it. A feed in
    /// which nothing happens is moved on by this alone.</param>
    /// <param name="answeredAt">The time by Intacct's clock. No change can lie ahead of it; one that seems to was read
    /// in an offset that has changed since.</param>
    public static DateTimeOffset? ReadTo(
        DateTimeOffset? fullyReadTo,
        DateTimeOffset? lastSeen,
        DateTimeOffset? answeredAt
    )
    {
        var readTo = lastSeen is not null && answeredAt - lastSeen > SecondIsOver ? lastSeen : fullyReadTo;
        return answeredAt < readTo ? answeredAt : readTo;
    }

    /// <summary>An object was read up to a time; an earlier time changes nothing. Pure.</summary>
    public IntacctPosition Reached(string objectName, DateTimeOffset? readTo) =>
        readTo is not { } reached || (UpTo.TryGetValue(objectName, out var before) && before >= reached)
            ? this
            : this with
            {
                UpTo = new Dictionary<string, DateTimeOffset>(UpTo, StringComparer.Ordinal) { [objectName] = reached },
            };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>How far the audit history has been read for deletions.</summary>
/// <param name="UpTo">Every deletion before it that was written down by then has been seen.</param>
/// <param name="TriedAt">When it was last read, or tried to be.</param>
/// <param name="Denied">Whether the user's role may not see it.</param>
/// <param name="Failed">Whether it could not be read the last time, for whatever reason.</param>
internal sealed record DeletionPosition(
    DateTimeOffset UpTo,
    DateTimeOffset TriedAt,
    bool Denied = false,
    bool Failed = false
)
{
    /// <summary>Deletions are written down late.</summary>
    public static readonly TimeSpan Trailing = TimeSpan.FromMinutes(150);

    /// <summary>
    /// The widest window that is asked for: Intacct fails at long ones (estuary's source-sage-intacct and hotglue's
    /// tap-intacct met that).
    /// </summary>
    public static readonly TimeSpan Widest = TimeSpan.FromDays(1);

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private static readonly TimeSpan EveryWhereDenied = TimeSpan.FromDays(1);

    /// <summary>
    /// The position as it counts now: a time that lies ahead counts as <paramref name="known"/>. Pure.
    /// </summary>
    public DeletionPosition HeldAgainst(DateTimeOffset known, DateTimeOffset now) =>
        this with
        {
            UpTo = NotedTimes.LiesAhead(UpTo, now) ? known : UpTo,
            TriedAt = NotedTimes.LiesAhead(TriedAt, now) ? DateTimeOffset.MinValue : TriedAt,
        };

    /// <summary>Pure.</summary>
    public bool IsDue(DateTimeOffset now) => now - TriedAt >= (Denied ? EveryWhereDenied : Every);

    /// <summary>
    /// The windows to read, oldest first; the first reaches back over what may have been written down late. Pure.
    /// </summary>
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

/// <summary>A pass over the objects of a flow that is under way.</summary>
/// <param name="Object">Which object is being read, from 0.</param>
/// <param name="After">From where on it is to be gone on with; null at its beginning.</param>
/// <param name="BackTo">The time that the pass looks back to; null for a pass that does not look back.</param>
/// <param name="Begun">From where on the object was begun with; null at its beginning. Records without a time of change
/// are found by when they were made, so they have to be read from there.</param>
internal sealed record IntacctFeedPass(
    int Object,
    DateTimeOffset? After,
    DateTimeOffset? BackTo,
    DateTimeOffset? Begun = null
);
